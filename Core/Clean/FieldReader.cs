using Marketline.Core.Extract;

namespace Marketline.Core.Clean;

/// <summary>Reads the fields of one extracted object and collects what was wrong with them.</summary>
internal sealed class FieldReader(ExtractedObject source)
{
    private const int MaxRawLength = 500;
    private readonly List<RuleViolation> _violations = [];

    public IReadOnlyList<RuleViolation> Violations => _violations;

    public ExtractedObject Source => source;

    public RawField? Raw(string field) => source.Fields.GetValueOrDefault(field);

    public string? Plain(string field, int maxLength) => PlainText.Clean(source.Text(field), maxLength);

    public void Report(string rule, string field)
    {
        var raw = Raw(field);
        var text = raw?.Text ?? "";
        var position = raw is null ? source.Position : $"{source.Position} {raw.Location}";
        _violations.Add(new RuleViolation(rule, field, text.Length > MaxRawLength ? text[..MaxRawLength] : text, position));
    }

    /// <summary>The field read by <paramref name="read"/>; reported under <paramref name="rule"/> when it is there and says nothing.</summary>
    public T? Parsed<T>(string field, string rule, Func<string, T?> read)
        where T : struct
    {
        if (Raw(field) is not { } raw)
        {
            return null;
        }

        var value = read(raw.Text);
        if (value is null)
        {
            Report(rule, field);
        }

        return value;
    }
}
