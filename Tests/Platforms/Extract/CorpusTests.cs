using System.IO.Compression;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract.Scoring;
using Marketline.Platforms.Extract;

namespace Marketline.Tests.Platforms.Extract;

/// <summary>Measures extraction and cleaning on real pages, where they lie beside the checkout.</summary>
public sealed class CorpusTests
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "..", "shared", "corpus", "product-pages");

    [Test]
    public void Score_RealPages_StaysAboveTheFloor()
    {
        if (!Directory.Exists(Folder))
        {
            Assert.Ignore($"There are no saved pages at {Folder}.");
        }

        using var file = File.OpenRead(Path.Combine(Folder, "ground-truth.json"));
        var truth = GroundTruth.Read(file);

        var found = truth.Values.Select(page => (page.Key, Record: Read(page))).Where(pair => pair.Record is not null).ToDictionary(pair => pair.Key, pair => pair.Record!);
        var scores = ExtractionScorer.Score(truth, found).ToDictionary(score => score.Field, score => score.F1);

        TestContext.Out.WriteLine(string.Join(", ", scores.Select(score => $"{score.Key} {score.Value:F3}")));
        Assert.That(scores[ExtractionScorer.Price], Is.GreaterThanOrEqualTo(0.91));
        Assert.That(scores[ExtractionScorer.Sku], Is.GreaterThanOrEqualTo(0.95));
        Assert.That(scores[ExtractionScorer.Availability], Is.GreaterThanOrEqualTo(0.97));
    }

    private static ScoredRecord? Read(GroundTruthPage page)
    {
        using var zipped = new GZipStream(File.OpenRead(Path.Combine(Folder, "html", page.Key + ".html.gz")), CompressionMode.Decompress);
        using var body = new MemoryStream();
        zipped.CopyTo(body);
        var extracted = ProductPageReader.Read(Pages.Bytes(body.ToArray(), url: page.Url)).Objects;
        var context = new CleanContext("generic-shop", new Uri(page.Url).Authority, CrawlKind.Products, DateTimeOffset.UnixEpoch);
        return extracted is [var offer, ..] && OfferCleaner.Clean(offer, context).Record is { } record ? ScoredRecord.Of(record) : null;
    }
}
