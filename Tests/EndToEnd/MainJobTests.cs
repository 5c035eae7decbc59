using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Lineage;
using Marketline.Core.Plans;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.DemoMarketplace.Truth;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.EndToEnd;

/// <summary>
/// The main job over the whole demo marketplace: one process crawls all shops for one tenant, and what it delivers is compared,
/// object by object and field by field, with what the marketplace says it served.
/// </summary>
[CancelAfter(180_000)]
public sealed class MainJobTests
{
    private static readonly string[] SchemaOrgShops = ["alder", "birch", "cedar", "dune", "fjord"];

    private TemporaryFolder _folder = null!;
    private DemoMarketplaceServer _marketplace = null!;
    private RunningApp _app = null!;
    private ApiClient _client = null!;
    private ServiceProvider _storage = null!;
    private Dictionary<string, RecordedRun> _runs = null!;

    [OneTimeSetUp]
    public async Task RunEverything()
    {
        _folder = new TemporaryFolder();
        var connection = await AzuriteFixture.ConnectionStringAsync();
        _storage = TestStorage.Create(connection);
        _marketplace = await DemoMarketplaceServer.StartAsync(new DemoMarketplaceOptions { ProductsPerShop = 60 }, default);
        _app = await RunningApp.StartAsync(connection, _folder.FullPath);
        _client = await _app.CreateTenantAsync(TestStorage.NewTenant().Value);
        await PlanAsync("products", "generic-shop", CrawlKind.Products, SchemaOrgShops);
        await PlanAsync("reviews", "generic-shop", CrawlKind.Reviews, ["alder", "birch"]);
        await PlanAsync("shopify", "shopify", CrawlKind.Products, ["elm"]);
        await PlanAsync("faulty", "generic-shop", CrawlKind.Products, ["grove"]);
        _runs = await RunAllAsync("products", "reviews", "shopify", "faulty");
    }

    [OneTimeTearDown]
    public async Task StopEverything()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _marketplace.DisposeAsync();
        await _storage.DisposeAsync();
        _folder.Dispose();
    }

    [TestCase("products")]
    [TestCase("reviews")]
    [TestCase("shopify")]
    [TestCase("faulty")]
    public async Task Run_Completed_NothingIsLost(string plan)
    {
        var run = _runs[plan];

        await run.AssertNothingIsLostAsync(SchemaOrgShops.Length);

        var rows = await run.LineageAsync(SchemaOrgShops.Length);
        Assert.That(rows.Select(row => row.Reason), Has.None.Null);
    }

    [TestCase("products", "alder")]
    [TestCase("products", "birch")]
    [TestCase("products", "cedar")]
    [TestCase("products", "dune")]
    [TestCase("products", "fjord")]
    [TestCase("faulty", "grove")]
    public async Task Products_EveryUrl_EndsAsTheGroundTruthSays(string plan, string shop)
    {
        var truth = Truth(shop).ToList();

        var rows = (await _runs[plan].LineageAsync(SchemaOrgShops.Length)).ToLookup(row => row.Url);

        var wrong = truth
            .Where(line => !IsDuplicatePair(line))
            .Select(line => (line.Url, Expected: Text(line.Expected.Products), Found: Found(rows, line)))
            .Where(line => line.Found != line.Expected)
            .Select(line => $"{line.Url}: expected {line.Expected}, found {line.Found}");
        Assert.That(wrong, Is.Empty);
    }

    [TestCase("products", "alder")]
    [TestCase("products", "birch")]
    [TestCase("products", "cedar")]
    [TestCase("products", "dune")]
    [TestCase("products", "fjord")]
    [TestCase("shopify", "elm")]
    [TestCase("faulty", "grove")]
    public async Task Products_EveryDeliveredField_IsWhatTheShopServed(string plan, string shop)
    {
        var expected = Truth(shop)
            .Where(line => line.Expected.Products.State == "delivered")
            .SelectMany(page => page.Products.Where(product => plan == "shopify" || product.IsShown).Select(product => (Page: page, Product: product)))
            .DistinctBy(pair => pair.Product.Url)
            .ToList();

        var rows = (await RowsAsync(_runs[plan])).Where(row => row.Site.StartsWith(shop, StringComparison.Ordinal)).ToList();

        var differences = expected.SelectMany(pair => OfferComparison.Differences(pair.Page, pair.Product, rows, shop)).ToList();
        Assert.That(differences, Is.Empty);
        Assert.That(expected, Is.Not.Empty);
    }

    [Test]
    public async Task Products_TwoAddressesOfOneProduct_OneIsDeliveredAndTheOtherTold()
    {
        var rows = (await _runs["products"].LineageAsync(SchemaOrgShops.Length)).ToLookup(row => row.Url);

        var pairs = SchemaOrgShops.SelectMany(Truth).Where(line => line.Expected.Products.Reason == "duplicate").ToList();
        var outcomes = pairs.ConvertAll(line =>
            rows[line.Url].Concat(rows[line.Canonical]).Select(row => $"{row.State} {row.Reason}".Trim()).Order(StringComparer.Ordinal)
        );

        Assert.That(pairs, Is.Not.Empty);
        Assert.That(outcomes, Is.All.EqualTo(new[] { "Delivered new-or-changed", "Filtered duplicate" }));
    }

    private async Task PlanAsync(string planId, string platform, CrawlKind kind, string[] shops)
    {
        var sites = shops.Select(shop => new PlanSite(new Uri(_marketplace.BaseUrl(shop)))).ToList();
        await _client.PutPlanAsync(planId, new PlanBody(platform, kind, sites, Limits: new PlanLimits { BatchSize = 50 }), default);
    }

    private async Task<Dictionary<string, RecordedRun>> RunAllAsync(params string[] plans)
    {
        var ids = new Dictionary<string, string>();
        foreach (var plan in plans)
        {
            ids[plan] = await _client.StartRunAsync(plan, default);
        }

        var runs = new Dictionary<string, RecordedRun>();
        foreach (var (plan, runId) in ids)
        {
            runs[plan] = new RecordedRun(_storage, await Polling.UntilRecordedAsync(_client, runId));
        }

        return runs;
    }

    private IEnumerable<TruthLine> Truth(string shop) => _marketplace.GroundTruth(shop, day: 0);

    /// <summary>Of two addresses of one product the one crawled first is delivered; which that is, is not promised.</summary>
    private static bool IsDuplicatePair(TruthLine line) =>
        line.Url.Contains("ref=outlet", StringComparison.Ordinal) || line.Expected.Products.Reason == "duplicate";

    private async Task<List<FullOfferRow>> RowsAsync(RecordedRun run) => await DatasetRows.ReadAsync<FullOfferRow>(_client, DatasetNames.LatestOffers, run.State.RunId);

    private static string Text(ExpectedOutcome expected) => $"{expected.State} {expected.Reason}".Trim();

    private static string Found(ILookup<string, ObjectOutcome> rows, TruthLine line)
    {
        var row = rows[line.Url].FirstOrDefault() ?? rows[line.Canonical].FirstOrDefault();
        return row switch
        {
            null => "nothing",
            { State: ObjectState.Delivered } => "delivered",
            { Reason: { } reason } when reason.StartsWith("http-error-", StringComparison.Ordinal) => "failed http-error",
            _ => $"{row.State.ToString().ToLowerInvariant()} {row.Reason}",
        };
    }
}
