using System.Buffers;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Marketline.Core.Crawl;
using Marketline.Platforms.Extract.Tree;

namespace Marketline.Platforms.Extract;

/// <summary>From a fetched page's bytes to its <see cref="PageScan"/>.</summary>
internal static class HtmlPage
{
    public const string EmptyBody = "empty-body";
    public const string NotHtml = "not-html";

    // Parsers keep no state between documents.
    private static readonly HtmlParser WholeParser = new(PageTree.Options);

    private const int MaxSniffLength = 100_000;

    private static readonly SearchValues<string> HtmlMarks = SearchValues.Create(["<html", "<!doctype html", "<head", "<body", "<div", "<title", "<h1"], StringComparison.OrdinalIgnoreCase);

    /// <returns>Null with a <paramref name="defect"/> when there is no page to read.</returns>
    public static PageScan? Scan(FetchedPage page, out string? defect)
    {
        defect = page.Body.IsEmpty ? EmptyBody : null;
        if (defect is not null)
        {
            return null;
        }

        using var text = PageDecoder.Decode(page.Body, page.ContentType);
        var span = text.Memory.Span;
        defect = span.IsWhiteSpace() ? EmptyBody : IsHtml(span) ? null : NotHtml;
        if (defect is not null)
        {
            return null;
        }

        using var document = Parse(text.Memory);
        return PageScanner.Scan(document);
    }

    /// <summary>As much of the text as can be parsed in good time; as a rule all of it.</summary>
    public static PageDocument Parse(ReadOnlyMemory<char> text) => PageTree.Parse(Safe(text));

    /// <summary>The same with all that stands in it, for selectors, which may ask for anything.</summary>
    public static IHtmlDocument ParseWhole(ReadOnlyMemory<char> text) => WholeParser.ParseDocument(Safe(text));

    private static ReadOnlyMemory<char> Safe(ReadOnlyMemory<char> text) => text[..NestingLimit.SafeLength(text.Span)];

    private static bool IsHtml(ReadOnlySpan<char> text)
    {
        var head = text[..Math.Min(text.Length, MaxSniffLength)];
        return head.ContainsAny(HtmlMarks) && !head[..Math.Min(head.Length, 1024)].Contains('\0');
    }
}
