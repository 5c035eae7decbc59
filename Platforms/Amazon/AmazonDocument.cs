using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Marketline.Core.Crawl;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Amazon;

/// <summary>A page of Amazon's store, by the ids and attributes that it has had for years.</summary>
internal static partial class AmazonDocument
{
    /// <param name="page">As fetched.</param>
    /// <param name="mark">What stands in every page that is worth parsing here.</param>
    /// <returns>Null for another page: the general readers know better what is wrong with it.</returns>
    public static IHtmlDocument? TryParse(FetchedPage page, ReadOnlySpan<byte> mark)
    {
        if (page.Body.Span.IndexOf(mark) < 0)
        {
            return null;
        }

        using var text = PageDecoder.Decode(page.Body, page.ContentType);
        return HtmlPage.ParseWhole(text.Memory);
    }

    /// <summary>The text in one line, without scripts; null when there is none.</summary>
    public static string? Line(IElement? element)
    {
        var words = new StringBuilder();
        foreach (var node in element is null ? [] : element.Descendants())
        {
            if (node is IText text && text.ParentElement is not (IHtmlScriptElement or IHtmlStyleElement))
            {
                words.Append(text.Data);
            }
            else if (node is IHtmlBreakRowElement or IHtmlParagraphElement or IHtmlListItemElement or IHtmlDivElement)
            {
                words.Append(' ');
            }
        }

        var line = Blanks().Replace(words.ToString(), " ").Trim(' ', '\u200e', '\u200f');
        return line.Length == 0 ? null : line;
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
