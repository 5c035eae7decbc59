using System.Text.Json;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Json;

namespace Marketline.LocalHost.Cli.Extract;

/// <summary>All objects of one page, raw with their evidence and as cleaned, or why there are none.</summary>
internal static class PageExtraction
{
    private static readonly JsonSerializerOptions Indented = new(JsonFormat.Options) { WriteIndented = true };

    /// <returns>0 when there are objects, else 1.</returns>
    public static async Task<int> RunAsync(PageRequest request, PageReader reader, Stream output, CancellationToken cancellationToken)
    {
        var page = await reader.GetAsync(request, cancellationToken);
        var result = page.FailureReason is null ? reader.Extract(page) : new ExtractionResult([]);
        var view = new PageView(page.Url, page.StatusCode, Problem(page, result), [.. result.Objects.Select(item => View(item, reader.Platform, page))]);
        await JsonSerializer.SerializeAsync(output, view, Indented, cancellationToken);
        output.WriteByte((byte)'\n');
        return view.Objects.Count > 0 ? 0 : 1;
    }

    private static string? Problem(FetchedPage page, ExtractionResult result) =>
        page.FailureReason is { } reason ? $"{reason}: {page.FailureDetail}".TrimEnd(':', ' ') : result.DefectReason ?? result.SkipReason;

    private static ObjectView View(ExtractedObject item, string platform, FetchedPage page)
    {
        if (item.Type != ObjectType.Offer)
        {
            return new ObjectView(item, null, []);
        }

        var cleaned = MainProduct.Clean(item, platform, page);
        return new ObjectView(item, cleaned.Record, cleaned.Violations);
    }

    /// <param name="Problem">Why nothing was found, or why the page was not read.</param>
    private sealed record PageView(string Url, int StatusCode, string? Problem, IReadOnlyList<ObjectView> Objects);

    private sealed record ObjectView(ExtractedObject Extracted, Offer? Clean, IReadOnlyList<RuleViolation> Violations);
}
