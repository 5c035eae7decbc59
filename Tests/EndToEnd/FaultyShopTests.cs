using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.DemoMarketplace.Truth;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.EndToEnd;

/// <summary>
/// One run over a shop that has every fault there is: pages of 50 MB, zip bombs, PDFs and pictures that say they are HTML, answers that
/// break off or never come. Each target ends as the shop's ground truth says, and none is lost.
/// </summary>
[Parallelizable]
[CancelAfter(120_000)]
public sealed class FaultyShopTests
{
    private const string Plan = "plan";

    private readonly TenantId _tenant = TestStorage.NewTenant();
    private ServiceProvider _storage = null!;
    private DemoMarketplaceServer _marketplace = null!;
    private RecordedRun _run = null!;
    private Dictionary<string, ObjectOutcome> _rows = null!;

    [OneTimeSetUp]
    public async Task RunOnce()
    {
        _storage = await TestStorage.CreateAsync();
        var options = new DemoMarketplaceOptions { ProductsPerShop = 100, PageSizeBytes = 4_000, Shops = ["grove"] };
        _marketplace = await DemoMarketplaceServer.StartAsync(options, default);
        using var client = await (await SharedApp.GetAsync()).CreateTenantAsync(_tenant.Value);
        var site = new PlanSite(new Uri(_marketplace.BaseUrl("grove")));
        await client.PutPlanAsync(Plan, new PlanBody("generic-shop", CrawlKind.Products, [site]), default);
        _run = new RecordedRun(_storage, await Polling.UntilRecordedAsync(client, await client.StartRunAsync(Plan, default)));
        _rows = (await _run.LineageAsync()).ToDictionary(row => row.Url);
    }

    [OneTimeTearDown]
    public async Task StopEverything()
    {
        await _marketplace.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Test]
    public Task Run_EveryFault_NothingIsLost() => _run.AssertNothingIsLostAsync();

    [Test]
    public void Run_EveryFault_EndsAsTheGroundTruthSays()
    {
        var pages = _marketplace.GroundTruth("grove", 0).Where(page => page.Expected.Products.Reason != "duplicate").ToList();

        var wrong = pages
            .Select(page => (page.Fault, page.Url, Expected: Text(page.Expected.Products), Found: Text(_rows.GetValueOrDefault(page.Url))))
            .Where(page => page.Found != page.Expected);

        Assert.That(wrong, Is.Empty);
        Assert.That(pages.Select(page => page.Fault), Is.SupersetOf(new[] { "HugePage", "GzipBomb", "PdfBody", "PngBodyAsHtml", "StallsInBody" }));
    }

    private static string Text(ExpectedOutcome expected) => $"{expected.State} {expected.Reason}".Trim();

    private static string Text(ObjectOutcome? row) =>
        row switch
        {
            null => "nothing",
            { State: ObjectState.Delivered } => "delivered",
            { Reason: { } reason } when reason.StartsWith("http-error-", StringComparison.Ordinal) => "failed http-error",
            _ => $"{row.State.ToString().ToLowerInvariant()} {row.Reason}",
        };
}
