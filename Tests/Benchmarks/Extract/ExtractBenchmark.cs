using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using AngleSharp.Html.Parser;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract.Scoring;
using Marketline.Platforms.Extract;

namespace Marketline.Benchmarks.Extract;

/// <summary>
/// Extraction and cleaning of real pages on one core, beside the parsing of the same pages alone; and how well the fields are
/// found. The pages lie beside the checkout, in <c>../shared/corpus/product-pages</c>.
/// </summary>
internal static class ExtractBenchmark
{
    private const int RoundCount = 5;

    public static Task RunAsync(BenchmarkReport report)
    {
        var folder = Path.Combine(Tests.RepositoryPaths.Root, "..", "shared", "corpus", "product-pages");
        using var file = File.OpenRead(Path.Combine(folder, "ground-truth.json"));
        var truth = GroundTruth.Read(file);
        var pages = truth.Values.Select(page => Load(folder, page)).ToList();

        var found = pages.ToDictionary(page => page.Key, page => Read(page.Page));
        foreach (var score in ExtractionScorer.Score(truth, found.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!)))
        {
            report.AtLeast($"F1 {score.Field}", score.F1, "", Floor(score.Field));
        }

        var parser = new HtmlParser();
        var texts = pages.ToDictionary(page => page.Page, page => Encoding.UTF8.GetString(page.Page.Body.Span));
        report.Yardstick("parsing the decoded text alone", PerSecond(pages, page => parser.ParseDocument(texts[page]).Dispose()), "pages/s");
        report.AtLeast("decoding, extraction and cleaning, one core", PerSecond(pages, page => Read(page)), "pages/s", 120);
        report.Yardstick("mean weight of a page", pages.Average(page => page.Page.Body.Length) / 1024, "KiB");
        return Task.CompletedTask;
    }

    private static double Floor(string field) =>
        field switch
        {
            ExtractionScorer.Price => 0.75,
            ExtractionScorer.Sku => 0.60,
            _ => 0.80,
        };

    private static double PerSecond(List<(string Key, FetchedPage Page)> pages, Action<FetchedPage> work)
    {
        // Until the code is compiled for good.
        for (var round = 0; round < 2; round++)
        {
            pages.ForEach(page => work(page.Page));
        }

        var clock = Stopwatch.StartNew();
        for (var round = 0; round < RoundCount; round++)
        {
            pages.ForEach(page => work(page.Page));
        }

        return pages.Count * RoundCount / clock.Elapsed.TotalSeconds;
    }

    private static ScoredRecord? Read(FetchedPage page)
    {
        var context = new CleanContext("generic-shop", new Uri(page.Url).Authority, CrawlKind.Products, page.FetchedUtc);
        return ProductPageReader.Read(page).Objects is [var offer, ..] && OfferCleaner.Clean(offer, context).Record is { } record ? ScoredRecord.Of(record) : null;
    }

    private static (string Key, FetchedPage Page) Load(string folder, GroundTruthPage page)
    {
        using var zipped = new GZipStream(File.OpenRead(Path.Combine(folder, "html", page.Key + ".html.gz")), CompressionMode.Decompress);
        using var body = new MemoryStream();
        zipped.CopyTo(body);
        return (
            page.Key,
            new FetchedPage
            {
                Url = page.Url,
                FinalUrl = page.Url,
                FetchedUtc = DateTimeOffset.UnixEpoch,
                StatusCode = 200,
                ContentType = "text/html",
                Body = body.ToArray(),
            }
        );
    }
}
