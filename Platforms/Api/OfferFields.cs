using Marketline.Core.Extract;

namespace Marketline.Platforms.Api;

/// <summary>The fields that an API says of one offer. The first that is said counts; what says nothing is left out.</summary>
/// <param name="position">Where the offer stands in the answer.</param>
internal sealed class OfferFields(string position)
{
    private readonly Dictionary<string, RawField> _fields = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, RawField> All => _fields;

    /// <param name="field">One of <see cref="FieldNames"/>.</param>
    /// <param name="text">As it stands there.</param>
    /// <param name="path">From the offer on.</param>
    public void Add(string field, string? text, string path) => AddFrom(field, text, $"{position}.{path}");

    /// <summary>The same for what stands elsewhere in the answer.</summary>
    public void AddFrom(string field, string? text, string? location)
    {
        if (!string.IsNullOrWhiteSpace(text) && location is not null)
        {
            _fields.TryAdd(field, new RawField(text, ExtractionSource.Api, location, 1));
        }
    }
}
