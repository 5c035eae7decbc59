using System.Globalization;
using System.IO.Compression;
using System.Text;
using Marketline.Activities.Clean;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.DemoMarketplace.Truth;
using Marketline.Tests.Activities;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.EndToEnd;

/// <summary>Every review of the shops, field by field as they served it, and its author nowhere but in the raw archive.</summary>
[Parallelizable]
[CancelAfter(120_000)]
public sealed class ReviewsTests
{
    private static readonly string[] Shops = ["alder", "birch", "cedar", "dune", "grove"];

    private readonly TenantId _tenant = TestStorage.NewTenant();
    private ServiceProvider _storage = null!;
    private DemoMarketplaceServer _marketplace = null!;
    private ApiClient _client = null!;
    private AuthorPseudonymizer _authors = null!;
    private Dictionary<string, RecordedRun> _runs = null!;
    private List<ReviewRow> _rows = null!;

    [OneTimeSetUp]
    public async Task RunBothPlatforms()
    {
        _storage = await TestStorage.CreateAsync();
        var options = new DemoMarketplaceOptions { ProductsPerShop = 30, PageSizeBytes = 4_000, FaultPercent = 0 };
        _marketplace = await DemoMarketplaceServer.StartAsync(options, default);
        _client = await (await SharedApp.GetAsync()).CreateTenantAsync(_tenant.Value);
        _authors = new AuthorKeys(Options.Create(new PrivacyOptions { AuthorKey = RunningApp.AuthorKey })).For(_tenant);

        await PutPlanAsync("generic", "generic-shop", Shops);
        await PutPlanAsync("shopify", "shopify", ["elm"]);
        _runs = [];
        foreach (var plan in new[] { "generic", "shopify" })
        {
            var state = await Polling.UntilRecordedAsync(_client, await _client.StartRunAsync(plan, default));
            _runs[plan] = new RecordedRun(_storage, state);
        }

        _rows = await DatasetRows.ReadAsync<ReviewRow>(_client, DatasetNames.LatestReviews, lastRunId: null);
    }

    [OneTimeTearDown]
    public async Task StopEverything()
    {
        _client.Dispose();
        await _marketplace.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Test]
    public async Task Runs_NothingIsLost()
    {
        await _runs["generic"].AssertNothingIsLostAsync(Shops.Length);
        await _runs["shopify"].AssertNothingIsLostAsync();
    }

    [TestCase("generic", "alder")]
    [TestCase("generic", "birch")]
    [TestCase("generic", "cedar")]
    [TestCase("generic", "dune")]
    [TestCase("generic", "grove")]
    [TestCase("shopify", "elm")]
    public void LatestReviews_EveryField_IsWhatTheShopServed(string plan, string shop)
    {
        var expected = Pages(shop).SelectMany(page => page.Reviews.Select(review => Text(plan, page, review))).ToList();

        var found = _rows.Where(row => row.Site.StartsWith(shop, StringComparison.Ordinal)).Select(Text).ToList();

        Assert.That(found, Is.EquivalentTo(expected).And.Not.Empty);
    }

    [Test]
    public void LatestReviews_Keys_AreUnique() => Assert.That(_rows.Select(row => row.ObjectKey), Is.Unique.And.Not.Empty);

    /// <summary>The raw archive has to have them, or the search would prove nothing.</summary>
    [Test]
    public async Task Blobs_ExceptTheRawArchive_NameNoAuthor()
    {
        var authors = Shops.Append("elm").SelectMany(Pages).SelectMany(page => page.Reviews).Select(review => review.Author).Distinct().ToList();
        var texts = await TextsAsync();

        var naming = texts.Where(blob => authors.Exists(author => blob.Value.Contains(author, StringComparison.OrdinalIgnoreCase))).Select(blob => blob.Key).ToList();

        var raw = texts.Keys.Where(name => name.StartsWith("raw/", StringComparison.Ordinal)).ToList();
        Assert.That(naming, Is.EquivalentTo(raw).And.Not.Empty);
        Assert.That(texts.Keys.Select(name => name.Split('/')[0]).Distinct(), Is.SupersetOf(new[] { "clean", "gold", "outcome", "raw", "targets" }));
    }

    private async Task PutPlanAsync(string planId, string platform, string[] shops)
    {
        var sites = shops.Select(shop => new PlanSite(new Uri(_marketplace.BaseUrl(shop)))).ToList();
        await _client.PutPlanAsync(planId, new PlanBody(platform, CrawlKind.Reviews, sites), default);
    }

    /// <summary>Each product's page once: reviews of a second address are the same reviews.</summary>
    private IEnumerable<TruthLine> Pages(string shop) =>
        _marketplace.GroundTruth(shop, 0).Where(page => page.Expected.Reviews.State == "delivered").DistinctBy(page => page.Canonical);

    private string Text(string plan, TruthLine page, TruthReview review)
    {
        var product = page.Products[0];
        // A review of a group of variants has the group's name; which variant was bought, and so the SKU, the page does not tell.
        var (name, sku) = product.VariantTitle is null
            ? (product.Name, product.Sku)
            : (product.Name.Replace($" - {product.VariantTitle}", "", StringComparison.Ordinal), null);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{page.Canonical} | {name} | {sku} | {_authors.Hash(review.Author)} | {review.Date:O} | {review.Rating:0.##} | {review.Body} | {_runs[plan].State.RunId}"
        );
    }

    private static string Text(ReviewRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"{OfferComparison.WithoutSecondAddress(row.Url)} | {row.ProductName} | {row.ProductSku} | {row.AuthorHash} | {row.PublishedOn:O} | {row.Rating:0.##} | {row.Body} | {row.LastRunId}");

    /// <summary>What stands in each blob of the tenant's container, unpacked.</summary>
    private async Task<Dictionary<string, string>> TextsAsync()
    {
        await using var worker = await ActivityWorker.StartAsync();
        var blobs = worker.Blobs(ActivityWorker.NewRun() with { RunId = RunId.Parse(_runs["generic"].State.RunId) });
        var texts = new Dictionary<string, string>();
        foreach (var name in await blobs.ListAsync())
        {
            texts[name] = name.EndsWith(".parquet", StringComparison.Ordinal)
                ? string.Concat((await blobs.RowsAsync(name)).Select(row => row.GetRawText()))
                : Unpack(name, (await blobs.FindAsync(name))!);
        }

        return texts;
    }

    private static string Unpack(string name, byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        using Stream unpacked = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(content, CompressionMode.Decompress) : content;
        using var reader = new StreamReader(unpacked, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
