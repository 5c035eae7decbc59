using System.Globalization;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.LocalHost.DemoMarketplace;

namespace Marketline.Tests.Activities.Clean;

/// <summary>An old archive, cleaned again by another worker at another time in another culture, gives the same bytes.</summary>
internal sealed class CleanBatchReplayTests
{
    private DemoMarketplaceServer _market = null!;
    private ActivityWorker _worker = null!;
    private CrawledBatch _batch = null!;

    [OneTimeSetUp]
    public async Task CrawlAsync()
    {
        _worker = await ActivityWorker.StartAsync();
        var options = new DemoMarketplaceOptions { Shops = ["alder"], ProductsPerShop = 60, PageSizeBytes = 4_000 };
        _market = await DemoMarketplaceServer.StartAsync(options, CancellationToken.None);
        _batch = await CrawledBatch.CrawlAsync(_worker, _market, "alder", _market.GroundTruth("alder", 0));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _worker.DisposeAsync();
        await _market.DisposeAsync();
    }

    [TestCase(CrawlKind.Products)]
    [TestCase(CrawlKind.Prices)]
    [TestCase(CrawlKind.Reviews)]
    public async Task RunAsync_SameArchiveElsewhereAndLater_SameBytes(CrawlKind kind)
    {
        var run = await _batch.PutAsync(_worker, kind);
        // Beside the shop's pages some that end in quarantine.
        await _worker.Blobs(run).WriteRawAsync(1, await DamagedPagesAsync(run));
        var before = await CleanAsync(_worker, run);
        await using var other = await ActivityWorker.StartAsync(
            new WorkerSetup { Time = new ManualTimeProvider(new DateTimeOffset(2031, 7, 1, 0, 0, 0, TimeSpan.Zero)) }
        );

        CultureInfo.CurrentCulture = OtherCulture();
        var after = await CleanAsync(other, run);

        Assert.That(after.Blobs, Has.Count.EqualTo(3).And.All.Not.Null);
        Assert.That(after.Blobs, Is.EqualTo(before.Blobs));
        Assert.That(after.Counts, Is.EqualTo(before.Counts));
        Assert.That(after.Outcomes, Is.EqualTo(before.Outcomes));
    }

    private static async Task<(List<byte[]?> Blobs, List<ObjectCounts> Counts, List<string> Outcomes)> CleanAsync(ActivityWorker worker, RunRef run)
    {
        var blobs = worker.Blobs(run);
        string[] names = [BlobNames.Clean(run, 0), BlobNames.Clean(run, 1), BlobNames.Quarantine(run, 1)];
        var counts = new List<ObjectCounts>();
        foreach (var name in names)
        {
            await blobs.DeleteAsync(name);
        }

        foreach (var batch in new[] { 0, 1 })
        {
            counts.Add((await worker.CleanAsync(new CleanBatchInput(run, batch, 0))).Objects);
        }

        var bytes = new List<byte[]?>();
        foreach (var name in names)
        {
            bytes.Add(await blobs.FindAsync(name));
        }

        var outcomes = await blobs.OutcomesAsync(0);
        return (bytes, counts, [.. outcomes.Select(Text)]);
    }

    /// <summary>All of an outcome but the measured times.</summary>
    private static string Text(ObjectOutcome outcome) =>
        $"{outcome.ObjectKey} {outcome.Url} {outcome.Type} {outcome.State} {outcome.Reason} "
        + string.Join(' ', outcome.Blocks.Select(block => $"{block.Step} {block.State} {block.Reason} {block.Dataset}"));

    private async Task<FetchedPage[]> DamagedPagesAsync(RunRef run)
    {
        var pages = await _worker.Blobs(run).PagesAsync(0);
        return
        [
            ShopPages.Text("empty", ""),
            ShopPages.Text("pdf", "%PDF-1.4", "application/pdf"),
            .. pages.Where(page => page.FailureReason is null).Take(20),
        ];
    }

    /// <summary>Commas for points, points for commas, and another calendar's separators.</summary>
    private static CultureInfo OtherCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "~";
        culture.DateTimeFormat.DateSeparator = ".";
        culture.DateTimeFormat.TimeSeparator = "h";
        culture.DateTimeFormat.ShortDatePattern = "dd/MM/yyyy";
        return culture;
    }
}
