using System.Net;
using System.Text;

namespace Marketline.Core.Clean;

/// <summary>Text as a person would read it: no tags, no entities, no control characters, one space where there were many.</summary>
public static class PlainText
{
    /// <returns>Null when nothing is left.</returns>
    public static string? Clean(string? text, int maxLength = int.MaxValue)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var plain = text.Contains('&') ? WebUtility.HtmlDecode(text) : text;
        plain = plain.Contains('<') ? WithoutTags(plain) : plain;
        plain = plain.Contains('&') ? WebUtility.HtmlDecode(plain) : plain;
        plain = Collapse(plain);
        if (plain.Length > maxLength)
        {
            var end = char.IsHighSurrogate(plain[maxLength - 1]) ? maxLength - 1 : maxLength;
            plain = plain[..end].TrimEnd();
        }

        return plain.Length == 0 ? null : plain;
    }

    private static string WithoutTags(string text)
    {
        var result = new StringBuilder(text.Length);
        var index = 0;
        while (index < text.Length)
        {
            var open = text.IndexOf('<', index);
            if (open < 0)
            {
                break;
            }

            var isTag = open + 1 < text.Length && (char.IsAsciiLetter(text[open + 1]) || text[open + 1] is '/' or '!');
            var close = isTag ? text.IndexOf('>', open) : open;
            if (close < 0)
            {
                break;
            }

            result.Append(text, index, open - index).Append(isTag ? ' ' : '<');
            index = close + 1;
        }

        return result.Append(text, index, text.Length - index).ToString();
    }

    private static string Collapse(string text)
    {
        var result = new StringBuilder(text.Length);
        var isGap = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                isGap = result.Length > 0;
            }
            else if (!IsInvisible(c))
            {
                _ = isGap ? result.Append(' ') : result;
                isGap = false;
                result.Append(c);
            }
        }

        return result.ToString();
    }

    /// <summary>Zero-width space, direction marks, byte order mark, and the character for "could not be decoded".</summary>
    private static bool IsInvisible(char c) => c is '\u200b' or '\u200e' or '\u200f' or '\ufeff' or '\u00ad' or '\ufffd';
}
