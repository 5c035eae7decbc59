using System.Buffers;
using System.Collections.Frozen;

namespace Marketline.Platforms.Extract;

/// <summary>
/// Parsing takes time with the square of the elements that are open at once, so that a few megabytes of <c>&lt;div&gt;</c> would
/// keep a worker busy for hours; and memory with all of them. No page has thousands open, or hundreds of thousands: a text that
/// does is cut there.
/// </summary>
internal static class NestingLimit
{
    private const int MaxOpen = 3_000;

    /// <summary>Each element of the tree takes hundreds of bytes; large product pages have twenty thousand.</summary>
    private const int MaxTags = 300_000;
    private const int MaxNameLength = 12;

    /// <summary>Elements without an end tag, or whose end tag pages leave out and the parser supplies (HTML, "optional tags"); leaves of drawings.</summary>
    private static readonly FrozenSet<string> SelfEnding = (
        "area base br col embed hr img input link meta param source track wbr p li td th tr dd dt option optgroup thead tbody tfoot colgroup rt rp html head body "
        + "path circle rect line polygon polyline ellipse use stop image animate"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = SelfEnding.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<string> EndOfScript = SearchValues.Create(["</script"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> EndOfStyle = SearchValues.Create(["</style"], StringComparison.OrdinalIgnoreCase);

    /// <summary>How much of the page can be parsed in good time: as a rule all of it.</summary>
    public static int SafeLength(ReadOnlySpan<char> html)
    {
        var (index, open, tags) = (0, 0, 0);
        while (true)
        {
            var found = html[index..].IndexOf('<');
            if (found < 0 || index + found + 1 >= html.Length)
            {
                return html.Length;
            }

            index += found + 1;
            if (++tags > MaxTags)
            {
                return index - 1;
            }

            var isEnd = html[index] == '/';
            var name = NameAt(html, isEnd ? index + 1 : index);
            if (name.Length == 0 || Lookup.Contains(name))
            {
                continue;
            }

            open = Math.Max(0, isEnd ? open - 1 : open + 1);
            if (open > MaxOpen)
            {
                return index - 1;
            }

            if (!isEnd && IsRaw(name))
            {
                index += EndOfRaw(html[index..], name);
            }
        }
    }

    private static ReadOnlySpan<char> NameAt(ReadOnlySpan<char> html, int start)
    {
        var end = start;
        while (end < html.Length && end - start < MaxNameLength && char.IsAsciiLetterOrDigit(html[end]))
        {
            end++;
        }

        return end > start && char.IsAsciiLetter(html[start]) ? html[start..end] : [];
    }

    private static bool IsRaw(ReadOnlySpan<char> name) => name.Equals("script", StringComparison.OrdinalIgnoreCase) || name.Equals("style", StringComparison.OrdinalIgnoreCase);

    /// <summary>Markup within scripts is text.</summary>
    private static int EndOfRaw(ReadOnlySpan<char> html, ReadOnlySpan<char> name)
    {
        var end = html.IndexOfAny(name.Equals("style", StringComparison.OrdinalIgnoreCase) ? EndOfStyle : EndOfScript);
        return end < 0 ? html.Length : end;
    }
}
