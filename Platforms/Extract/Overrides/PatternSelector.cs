using System.Net;
using System.Text.RegularExpressions;

namespace Marketline.Platforms.Extract.Overrides;

/// <summary>
/// A regular expression without backtracking: its time grows with the text's length only, whatever it is. The time-out is for
/// automata that grow with the text.
/// </summary>
internal sealed class PatternSelector(Regex pattern) : IFieldSelector
{
    private const string ValueGroup = "value";
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    public static PatternSelector? TryCreate(string expression, out string? problem)
    {
        try
        {
            problem = null;
            return new PatternSelector(new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchTimeout));
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            problem = failure is NotSupportedException ? "Lookarounds, backreferences and atomic groups are not supported." : failure.Message;
            return null;
        }
    }

    public string? Find(OverridePage page)
    {
        try
        {
            var match = pattern.Match(page.Text);
            if (!match.Success)
            {
                return null;
            }

            var group = match.Groups[ValueGroup] is { Success: true } named ? named : match.Groups.Count > 1 ? match.Groups[1] : match;
            return group.Success ? WebUtility.HtmlDecode(group.Value) : null;
        }
        catch (RegexMatchTimeoutException)
        {
            // Counts as not found: the page is then read as without the override.
            return null;
        }
    }
}
