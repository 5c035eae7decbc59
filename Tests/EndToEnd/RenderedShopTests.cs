using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Tests.Platforms.Render;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.EndToEnd;

/// <summary>
/// One run over a shop whose pages (<c>hazel</c>) or only their prices (<c>iris</c>) are built by script: a probe finds out, a
/// browser renders them, and lineage says so.
/// </summary>
[Parallelizable]
[TestFixture("hazel")]
[TestFixture("iris")]
[NeedsBrowser]
[CancelAfter(120_000)]
public sealed class RenderedShopTests(string shop)
{
    private const string Plan = "plan";

    private readonly TenantId _tenant = TestStorage.NewTenant();
    private ServiceProvider _storage = null!;
    private DemoMarketplaceServer _marketplace = null!;
    private RecordedRun _run = null!;

    [OneTimeSetUp]
    public async Task RunOnce()
    {
        _storage = await TestStorage.CreateAsync();
        var options = new DemoMarketplaceOptions { ProductsPerShop = 20, PageSizeBytes = 8_000, Shops = [shop] };
        _marketplace = await DemoMarketplaceServer.StartAsync(options, default);
        using var client = await (await SharedApp.GetAsync()).CreateTenantAsync(_tenant.Value);
        var site = new PlanSite(new Uri(_marketplace.BaseUrl(shop)));
        await client.PutPlanAsync(Plan, new PlanBody("generic-shop", CrawlKind.Prices, [site]), default);
        _run = new RecordedRun(_storage, await Polling.UntilRecordedAsync(client, await client.StartRunAsync(Plan, default)));
    }

    [OneTimeTearDown]
    public async Task StopEverything()
    {
        await _marketplace.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Test]
    public async Task Run_PagesBuiltByScript_AreDeliveredAsTheGroundTruthSays()
    {
        await _run.AssertNothingIsLostAsync();
        var rows = (await _run.LineageAsync()).ToDictionary(row => row.Url);

        var expected = _marketplace.GroundTruth(shop, 0).Where(page => page.Expected.Prices.State == "delivered").ToList();
        var missing = expected
            .Select(page => (page.Url, Row: rows.GetValueOrDefault(page.Url)))
            .Where(page => page.Row is not { State: ObjectState.Delivered })
            .Select(page => $"{page.Url}: {page.Row?.State} {page.Row?.Reason}");

        Assert.That(expected, Is.Not.Empty);
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public async Task Run_PagesBuiltByScript_LineageSaysThatTheyWereRendered()
    {
        var delivered = (await _run.LineageAsync()).Where(row => row.State == ObjectState.Delivered).ToList();

        var crawlSteps = delivered.Select(row => row.Blocks.First(block => block.Step == LineageStep.Crawl));

        Assert.That(crawlSteps.Select(step => step.Reason), Is.Not.Empty.And.All.EqualTo("rendered"));
    }
}
