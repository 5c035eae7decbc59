using System.Text.RegularExpressions;

namespace Marketline.Tests.EndToEnd.Examples;

/// <summary>Values as the examples write them, and what they are in this run: ids, keys, addresses.</summary>
internal sealed class StandIns
{
    private readonly Dictionary<string, string> _real = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);

    public void Add(string shown, string real)
    {
        _real[shown] = real;
        _shown[real] = shown;
    }

    public string ToReal(string text) => Replace(text, _real);

    public string ToShown(string text) => Replace(text, _shown);

    /// <summary>In one go, the longest first: an id that has another in it is replaced as a whole.</summary>
    private static string Replace(string text, Dictionary<string, string> values)
    {
        var any = string.Join('|', values.Keys.OrderByDescending(key => key.Length).Select(Regex.Escape));
        return any.Length == 0 ? text : Regex.Replace(text, any, match => values[match.Value]);
    }
}
