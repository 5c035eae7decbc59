using System.Text;

namespace Marketline.Core.Crawl;

/// <summary>
/// Recognises pages that their scripts are still to build, by the bytes alone: one pass that ends as soon as there is enough
/// text for a page of its own.
/// </summary>
public static class AppShell
{
    /// <summary>Text characters (spaces not counted) below which a page with scripts is suspicious without a further sign.</summary>
    private const int NextToNoText = 250;

    /// <summary>Above it a page is one of its own, whatever else it says.</summary>
    private const int MuchText = 4_000;

    /// <summary>What a script's tag may take to say what it is.</summary>
    private const int MaxScriptTag = 500;

    /// <summary>Where the common frameworks put what they build: ids, and elements of their own.</summary>
    private static readonly HashSet<string> RootIds = new(StringComparer.OrdinalIgnoreCase)
    {
        "root", "app", "__next", "__nuxt", "__layout", "app-root", "my-app", "react-root", "reactroot", "main-app", "q-app", "svelte", "gatsby-focus-wrapper", "application", "mount", "spa",
    };

    public static ShellSign Look(ReadOnlySpan<byte> html)
    {
        var (text, hasScript, hasSign) = (0, false, false);
        while (html.Length > 0)
        {
            var open = html.IndexOf((byte)'<');
            text += CountText(open < 0 ? html : html[..open]);
            if (open < 0 || text >= MuchText)
            {
                break;
            }

            var element = ShellElement.Read(html[open..]);
            hasScript |= element.Name.SequenceEqual("script"u8);
            hasSign |= element.Name.SequenceEqual("noscript"u8) && AsksForScript(element.Content);
            hasSign |= element.IsEmpty && (RootIds.Contains(element.Id ?? "") || RootIds.Contains(Encoding.ASCII.GetString(element.Name)));
            html = html[(open + element.Length)..];
        }

        return !hasScript || text >= MuchText ? ShellSign.None
            : hasSign ? ShellSign.Strong
            : text < NextToNoText ? ShellSign.Weak
            : ShellSign.None;
    }

    /// <summary>Whether scripts run on the page: data (<c>application/ld+json</c> and the like) does not.</summary>
    public static bool RunsScripts(ReadOnlySpan<byte> html)
    {
        while (html.IndexOf((byte)'<') is >= 0 and var open)
        {
            html = html[(open + 1)..];
            if (html.Length > 6 && Ascii.EqualsIgnoreCase(html[..6], "script"u8))
            {
                var tag = html[6..Math.Min(html.Length, MaxScriptTag)];
                var end = tag.IndexOf((byte)'>');
                if (!IsData(end < 0 ? tag : tag[..end]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsData(ReadOnlySpan<byte> attributes) =>
        attributes.IndexOf("json"u8) >= 0 || attributes.IndexOf("importmap"u8) >= 0 || attributes.IndexOf("speculationrules"u8) >= 0 || attributes.IndexOf("text/template"u8) >= 0;

    private static int CountText(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var value in text)
        {
            count += value > (byte)' ' ? 1 : 0;
        }

        return count;
    }

    /// <summary>In whatever language: the word itself is the same.</summary>
    private static bool AsksForScript(ReadOnlySpan<byte> note)
    {
        for (var i = 0; i + 10 <= note.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(note.Slice(i, 10), "javascript"u8))
            {
                return true;
            }
        }

        return false;
    }
}
