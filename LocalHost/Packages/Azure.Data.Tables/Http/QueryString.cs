using System.Globalization;
using System.Text;

namespace Azure.Data.Tables.Http;

/// <summary>Builds <c>?$filter=…&amp;$top=…</c> out of the parts that are there.</summary>
internal sealed class QueryString
{
    private readonly StringBuilder text = new();

    public QueryString Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public QueryString Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public QueryString Add(string name, IEnumerable<string>? values) =>
        Add(name, values is null ? null : string.Join(',', values));

    public override string ToString() => text.ToString();
}
