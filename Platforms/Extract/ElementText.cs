using Marketline.Platforms.Extract.Tree;

namespace Marketline.Platforms.Extract;

/// <summary>
/// An element's text as shown, with one space between pieces and without what is crossed out in it. Reading stops at a limit, so
/// that it is cheap on any element.
/// </summary>
internal static class ElementText
{
    /// <summary>Reading looks at so many nodes more than characters were asked for, so that empty elements cost no time without end.</summary>
    private const int NodeAllowance = 200;

    private const int MaxStackLength = 512;

    public static string Of(PageElement element, int maxLength)
    {
        if (OnlyText(element) is { } data)
        {
            return (data.Length > maxLength ? data[..maxLength] : data).Trim();
        }

        var text = new ShownText(maxLength < MaxStackLength ? stackalloc char[MaxStackLength] : new char[maxLength + 1]);
        var nodesLeft = maxLength + NodeAllowance;
        Append(element, ref text, maxLength, ref nodesLeft);
        return text.ToString();
    }

    /// <summary>The same, or null when the element holds more than <paramref name="maxLength"/> characters.</summary>
    public static string? WithinLimit(PageElement element, int maxLength)
    {
        if (OnlyText(element) is { } data)
        {
            var span = data.AsSpan().Trim();
            return span.Length > maxLength ? null : span.ToString();
        }

        var text = new ShownText(maxLength + 1 < MaxStackLength ? stackalloc char[MaxStackLength] : new char[maxLength + 2]);
        var nodesLeft = maxLength + NodeAllowance;
        Append(element, ref text, maxLength + 1, ref nodesLeft);
        return nodesLeft <= 0 || text.Length > maxLength ? null : text.ToString();
    }

    private static string? OnlyText(PageElement element) => element.Children is [TextNode { Data: var data }] ? data : null;

    private static void Append(PageElement node, ref ShownText text, int maxLength, ref int nodesLeft)
    {
        var children = node.Children;
        for (var i = 0; i < children.Count && text.Length < maxLength && nodesLeft-- > 0; i++)
        {
            switch (children[i])
            {
                case TextNode piece:
                    AppendCollapsed(piece.Data, ref text, maxLength);
                    break;
                case PageElement { LocalName: not ("script" or "style" or "noscript" or "template" or "del" or "s" or "strike") } child:
                    AppendChild(child, ref text, maxLength, ref nodesLeft);
                    break;
            }
        }
    }

    /// <summary>
    /// Inline elements do not part words, but they part numbers: <c>$400&lt;span&gt;5 bids&lt;/span&gt;</c> is not 4005, and
    /// <c>4&lt;sup&gt;99&lt;/sup&gt;</c> is 4.99.
    /// </summary>
    private static void AppendChild(PageElement child, ref ShownText text, int maxLength, ref int nodesLeft)
    {
        var start = text.Length;
        var isBlock = !IsInline(child);
        if (isBlock && start > 0 && text[text.Length - 1] != ' ')
        {
            text.Append(' ');
            start++;
        }

        Append(child, ref text, maxLength, ref nodesLeft);
        start = JoinCents(child, ref text, start);
        var isNumberBesideNumber = start > 0 && text.Length > start && char.IsAsciiDigit(text[start - 1]) && char.IsAsciiDigit(text[start]);
        if (isNumberBesideNumber)
        {
            text.Insert(start, IsCents(child, text.Length - start) ? '.' : ' ');
        }

        if (isBlock && text.Length > 0 && text[text.Length - 1] != ' ')
        {
            text.Append(' ');
        }
    }

    /// <summary>Takes out the blanks between a number and its cents: <c>173 &lt;sup&gt;34&lt;/sup&gt;</c>.</summary>
    private static int JoinCents(PageElement child, ref ShownText text, int start)
    {
        var numberEnd = start;
        while (numberEnd > 0 && text[numberEnd - 1] is ' ' or '\u00a0' or '\u202f')
        {
            numberEnd--;
        }

        var isApart = numberEnd < start && numberEnd > 0 && char.IsAsciiDigit(text[numberEnd - 1]) && text.Length > start && char.IsAsciiDigit(text[start]);
        if (!isApart || !IsCents(child, text.Length - start))
        {
            return start;
        }

        text.Remove(numberEnd, start - numberEnd);
        return numberEnd;
    }

    private static bool IsCents(PageElement element, int length) =>
        length == 2
        && (
            element.LocalName is "sup" or "small"
            || element.ClassName is { } name
                && (name.Contains("cent", StringComparison.OrdinalIgnoreCase) || name.Contains("frac", StringComparison.OrdinalIgnoreCase) || name.Contains("decimal", StringComparison.OrdinalIgnoreCase) || name.Contains("penn", StringComparison.OrdinalIgnoreCase))
        );

    private static bool IsInline(PageElement element) =>
        element.LocalName is "span" or "b" or "strong" or "em" or "i" or "a" or "font" or "small" or "bdi" or "mark" or "u" or "sup" or "sub" or "s" or "ins" or "data";

    private static void AppendCollapsed(string data, ref ShownText text, int maxLength)
    {
        foreach (var c in data)
        {
            if (text.Length >= maxLength)
            {
                return;
            }

            if (!char.IsWhiteSpace(c) || c is '\u00a0' or '\u202f')
            {
                text.Append(c);
            }
            else if (text.Length > 0 && text[text.Length - 1] != ' ')
            {
                text.Append(' ');
            }
        }
    }
}
