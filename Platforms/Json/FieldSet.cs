using Marketline.Core.Extract;

namespace Marketline.Platforms.Json;

/// <summary>Collects an object's fields; of several texts for one field the first counts, what is blank does not.</summary>
internal sealed class FieldSet(ExtractionSource source)
{
    private readonly Dictionary<string, RawField> _fields = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, RawField> Fields => _fields;

    public void Add(string field, JsonSpot spot) => Add(field, spot.Text, spot.Path);

    public void Add(string field, string? text, string location)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            _fields.TryAdd(field, new RawField(text, source, location, 1));
        }
    }
}
