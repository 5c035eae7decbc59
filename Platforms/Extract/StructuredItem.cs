using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>
/// An item of structured data (JSON-LD, microdata, RDFa alike): types and properties under schema.org's short names.
/// </summary>
internal sealed class StructuredItem(ExtractionSource source, string location)
{
    private static readonly IReadOnlyList<StructuredValue> None = [];
    private readonly Dictionary<string, List<StructuredValue>> _properties = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _types = new(1);

    public ExtractionSource Source => source;

    public string Location => location;

    /// <summary>JSON-LD's @id, microdata's itemid, RDFa's resource.</summary>
    public string? Id { get; set; }

    /// <summary>How many text runs stood on the page before it; -1 for markup that has no place in the text.</summary>
    public int Order { get; init; } = -1;

    public IReadOnlyList<string> Types => _types;

    public IEnumerable<KeyValuePair<string, List<StructuredValue>>> Properties => _properties;

    public bool IsEmpty => _properties.Count == 0;

    public IReadOnlyList<StructuredValue> this[string property] => _properties.TryGetValue(property, out var values) ? values : None;

    public void AddType(string type) => _types.Add(ShortName(type));

    public bool Is(string type) => _types.Exists(own => own.Equals(type, StringComparison.OrdinalIgnoreCase));

    public void Add(string property, StructuredValue value)
    {
        var name = ShortName(property);
        if (!_properties.TryGetValue(name, out var values))
        {
            _properties.Add(name, values = new List<StructuredValue>(1));
        }

        values.Add(value);
    }

    /// <summary>Takes over the properties that this item does not have.</summary>
    public void AddMissing(StructuredItem other)
    {
        foreach (var type in other._types.Where(type => !Is(type)))
        {
            _types.Add(type);
        }

        foreach (var (property, values) in other._properties)
        {
            _properties.TryAdd(property, values);
        }
    }

    /// <summary>The property's first text that is not blank; of a nested item, its name.</summary>
    public StructuredValue? First(string property)
    {
        foreach (var value in this[property])
        {
            if (!string.IsNullOrWhiteSpace(value.Text))
            {
                return value;
            }

            if (value.Item?.First("name") is { } named)
            {
                return named;
            }
        }

        return null;
    }

    /// <summary><c>https://schema.org/Offer</c>, <c>schema:Offer</c> and <c>Offer</c> are one.</summary>
    public static string ShortName(string name)
    {
        var trimmed = name.AsSpan().Trim();
        var cut = trimmed.TrimEnd('/').LastIndexOfAny('/', '#', ':');
        return cut < 0 && trimmed.Length == name.Length ? name : trimmed[(cut + 1)..].TrimEnd('/').ToString();
    }
}
