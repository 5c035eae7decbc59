using Marketline.Core.Crawl;
using Marketline.Core.Plans;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Tests.LocalHost.DemoMarketplace;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Activities.Crawl;

/// <summary>Two workers on one storage account meet at one site: politeness is the site's, not a worker's.</summary>
public sealed class TwoWorkersOneSiteTests
{
    private static readonly Dictionary<string, string?> OneAtATime = new() { ["Crawl:MaxConcurrencyPerSite"] = "1" };

    private ActivityWorker _one = null!;
    private ActivityWorker _two = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _one = await ActivityWorker.StartAsync(new WorkerSetup { Settings = OneAtATime });
        _two = await ActivityWorker.StartAsync(new WorkerSetup { Settings = OneAtATime });
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Test]
    public async Task RunAsync_OneIsInTheMiddle_TheOtherDoesNotAsk()
    {
        await using var site = new HostileSite();
        var (asked, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        site.Map("/p/1", async (stream, token) =>
        {
            asked.TrySetResult();
            await release.Task;
            await HostileSite.Status(200, body: "one")(stream, token);
        });
        site.Page("/p/2", "two");
        var first = await BatchAsync(_one, site.Root, site.Url("/p/1"));
        var second = await BatchAsync(_two, site.Root, site.Url("/p/2"));

        var running = _one.CrawlAsync(first);
        await asked.Task;
        var meanwhile = await _two.CrawlAsync(second);
        release.SetResult();
        var outputs = new[] { await running, await _two.CrawlAsync(second) };

        Assert.That((meanwhile.IsDone, meanwhile.PageCount), Is.EqualTo((false, 0)));
        Assert.That(outputs.Select(output => (output.IsDone, output.PageCount)), Is.All.EqualTo((true, 1)));
        Assert.That(site.MostUnderWay, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_ManyBatchesOnBoth_AllGetDoneAndOneRequestAtATime()
    {
        var options = new DemoMarketplaceOptions { Shops = ["birch"], ProductsPerShop = 60, PageSizeBytes = 2_000 };
        await using var market = await DemoMarketplaceServer.StartAsync(options, CancellationToken.None);
        using var client = new ShopClient(market);
        var site = new Uri(market.BaseUrl("birch") + "/");
        var parts = market.GroundTruth("birch", 0).Select(line => line.Url).Take(60).Chunk(15);
        var batches = await Task.WhenAll(parts.Select(urls => BatchAsync(_one, site, urls)));

        var outputs = await Task.WhenAll(DoneAsync(_one, batches[..2]), DoneAsync(_two, batches[2..]));

        var requests = (await client.JsonAsync(new Uri(market.IndexUrl, "/_control/requests").AbsoluteUri)).GetProperty("birch");
        Assert.That(outputs.SelectMany(output => output), Is.All.EqualTo(15));
        Assert.That(requests.GetProperty("maxConcurrency").GetInt32(), Is.EqualTo(1));
    }

    /// <summary>Crawls batch by batch; a slot that is taken is asked for again until it is free, as orchestrators do with timers.</summary>
    private static async Task<List<int>> DoneAsync(ActivityWorker worker, IEnumerable<CrawlBatchInput> batches)
    {
        var pageCounts = new List<int>();
        foreach (var batch in batches)
        {
            var output = await worker.CrawlAsync(batch);
            while (!output.IsDone)
            {
                output = await worker.CrawlAsync(batch);
            }

            pageCounts.Add(output.PageCount);
        }

        return pageCounts;
    }

    private static async Task<CrawlBatchInput> BatchAsync(ActivityWorker worker, Uri site, params string[] urls)
    {
        var run = ActivityWorker.NewRun();
        await worker.Blobs(run).WriteTargetsAsync(0, urls.Select(url => new CrawlTarget(url)));
        return new CrawlBatchInput(run, new PlanSite(site), 0, 0);
    }
}
