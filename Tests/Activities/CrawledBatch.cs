using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.DemoMarketplace.Truth;

namespace Marketline.Tests.Activities;

/// <summary>A batch that was crawled once, to be cleaned by as many tests as want to, each under a run of its own.</summary>
/// <param name="Lines">What the marketplace says of each target.</param>
internal sealed record CrawledBatch(IReadOnlyList<TruthLine> Lines, byte[] Targets, byte[] Raw)
{
    public static async Task<CrawledBatch> CrawlAsync(
        ActivityWorker worker,
        DemoMarketplaceServer market,
        string shop,
        IEnumerable<TruthLine> lines
    )
    {
        var run = ActivityWorker.NewRun();
        var blobs = worker.Blobs(run);
        var list = lines.ToList();
        await blobs.WriteTargetsAsync(0, list.Select(line => new CrawlTarget(line.Url)));
        var output = await worker.CrawlAsync(new CrawlBatchInput(run, new PlanSite(new Uri(market.BaseUrl(shop) + "/")), 0, 0));
        Assert.That((output.IsDone, output.PageCount), Is.EqualTo((true, list.Count)));

        var targets = await blobs.FindAsync(BlobNames.Targets(run, 0));
        var raw = await blobs.FindAsync(BlobNames.Raw(run, 0));
        return new CrawledBatch(list, targets!, raw!);
    }

    /// <summary>Leaves it as batch 0 of a new run.</summary>
    public async Task<RunRef> PutAsync(ActivityWorker worker, CrawlKind kind)
    {
        var run = ActivityWorker.NewRun(kind);
        await PutAsync(worker, run);
        return run;
    }

    public async Task PutAsync(ActivityWorker worker, RunRef run)
    {
        await worker.Blobs(run).WriteAsync(BlobNames.Targets(run, 0), Targets);
        await worker.Blobs(run).WriteAsync(BlobNames.Raw(run, 0), Raw);
    }
}
