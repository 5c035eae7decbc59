using Marketline.Core.Extract;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Api;

/// <summary>The fields that an API says of one offer. The first that is said counts; what says nothing is left out.</summary>
/// <param name="position">Where the offer stands in the answer.</param>
internal sealed class OfferFields(string position)
{
    private readonly FieldSet _fields = new(ExtractionSource.Api);

    public IReadOnlyDictionary<string, RawField> All => _fields.Fields;

    /// <param name="field">One of <see cref="FieldNames"/>.</param>
    /// <param name="text">As it stands there.</param>
    /// <param name="path">From the offer on.</param>
    public void Add(string field, string? text, string path) => AddFrom(field, text, $"{position}.{path}");

    /// <summary>The same for what stands elsewhere in the answer.</summary>
    public void AddFrom(string field, string? text, string? location)
    {
        if (location is not null)
        {
            _fields.Add(field, text, location);
        }
    }
}
