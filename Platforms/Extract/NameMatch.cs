namespace Marketline.Platforms.Extract;

/// <summary>How alike two product names are: the shared part of the shorter one's words.</summary>
internal static class NameMatch
{
    private const int MaxWords = 40;

    public static double Score(string? first, string? second)
    {
        var left = Words(first);
        var right = Words(second);
        if (left.Count == 0 || right.Count == 0)
        {
            return 0;
        }

        var (shorter, longer) = left.Count <= right.Count ? (left, right) : (right, left);
        return shorter.Count(longer.Contains) / (double)shorter.Count;
    }

    private static bool IsIdeograph(char c) => c is >= '\u3040' and <= '\u9fff' or >= '\uac00' and <= '\ud7a3';

    /// <summary>Words of letters and digits; ideographs, which are written without spaces, in pairs.</summary>
    private static HashSet<string> Words(string? text)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (text is null)
        {
            return words;
        }

        var start = -1;
        for (var i = 0; i <= text.Length && words.Count < MaxWords; i++)
        {
            var c = i < text.Length ? text[i] : ' ';
            var isIdeograph = IsIdeograph(c);
            if (char.IsLetterOrDigit(c) && !isIdeograph)
            {
                start = start < 0 ? i : start;
                continue;
            }

            if (start >= 0)
            {
                words.Add(text[start..i]);
                start = -1;
            }

            if (isIdeograph && i + 1 < text.Length && IsIdeograph(text[i + 1]))
            {
                words.Add(text.Substring(i, 2));
            }
        }

        return words;
    }
}
