using System.Net;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.DemoMarketplace.Truth;

namespace Marketline.Tests.LocalHost.DemoMarketplace;

/// <summary>What changes from one day to the next.</summary>
[TestFixture]
internal sealed class DayTests
{
    private static readonly string[] Shops = ["alder", "birch", "cedar", "dune", "fjord"];

    private DemoMarketplaceServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() =>
        _server = await DemoMarketplaceServer.StartAsync(
            new DemoMarketplaceOptions { ProductsPerShop = 1000 },
            CancellationToken.None
        );

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCaseSource(nameof(Shops))]
    public void Prices_OverADay_AboutFifteenPercentChange(string shop) =>
        Assert.That(ChangedPercent(shop, product => product.Price), Is.InRange(11, 19));

    [TestCaseSource(nameof(Shops))]
    public void Availability_OverADay_AboutFivePercentChange(string shop) =>
        Assert.That(ChangedPercent(shop, product => product.Availability), Is.InRange(2.5, 8));

    [TestCaseSource(nameof(Shops))]
    public void NamesAndNumbers_OverADay_StayTheSame(string shop) =>
        Assert.That(ChangedPercent(shop, product => (product.Name, product.Sku, product.Gtin, product.Brand)), Is.Zero);

    [Test]
    public void Reviews_OverADay_AboutTenPercentGetOneMore()
    {
        var more = Pairs("alder")
            .Count(pair => (pair.After.Products[0].ReviewCount ?? 0) == (pair.Before.Products[0].ReviewCount ?? 0) + 1);
        var newest = Pairs("alder")
            .SelectMany(pair => pair.After.Reviews.Except(pair.Before.Reviews))
            .Select(review => review.Date);

        Assert.That(more, Is.InRange(70, 130));
        Assert.That(newest, Is.All.EqualTo(new DateOnly(2026, 1, 26)), "Day 21 is the 26th.");
    }

    [Test]
    public void ListPrice_OnEveryDay_IsAboveThePrice()
    {
        var products = Enumerable
            .Range(0, 40)
            .SelectMany(day => _server.GroundTruth("dune", day))
            .SelectMany(line => line.Products);

        Assert.That(products.Where(product => product.ListPrice <= product.Price), Is.Empty);
    }

    [Test]
    public void Assortment_AfterSomeDays_SomeAreNewAndSomeAreGone()
    {
        var before = Delivered("birch", 0);
        var after = Delivered("birch", 10);

        Assert.That(after.Except(before).Count(), Is.InRange(60, 140));
        Assert.That(before.Except(after).Count(), Is.InRange(60, 140));
    }

    [Test]
    public async Task GoneProduct_ListedForAWhile_IsNotFoundOrGone()
    {
        var options = new DemoMarketplaceOptions
        {
            ProductsPerShop = 400,
            Shops = ["alder"],
            Day = 10,
        };
        await using var server = await DemoMarketplaceServer.StartAsync(options, CancellationToken.None);
        using var client = new ShopClient(server);
        var gone = server
            .GroundTruth("alder", 10)
            .Where(line => line.Expected.Products.Reason == "not-found")
            .ToArray();

        var statuses = new List<HttpStatusCode>();
        foreach (var line in gone)
        {
            using var response = await client.GetAsync(line.Url);
            statuses.Add(response.StatusCode);
        }

        Assert.That(statuses.Distinct(), Is.EquivalentTo(new[] { HttpStatusCode.NotFound, HttpStatusCode.Gone }));
        Assert.That(
            server.GroundTruth("alder", 14).Select(line => line.Url).Intersect(gone.Select(line => line.Url)),
            Is.Empty
        );
    }

    private double ChangedPercent<T>(string shop, Func<TruthProduct, T> value)
    {
        var pairs = Pairs(shop).ToArray();
        var changed = pairs.Count(pair => !Equals(value(pair.Before.Products[0]), value(pair.After.Products[0])));
        return 100.0 * changed / pairs.Length;
    }

    /// <summary>Products on day 20 and day 21.</summary>
    private IEnumerable<(TruthLine Before, TruthLine After)> Pairs(string shop) =>
        _server
            .GroundTruth(shop, 20)
            .Join(_server.GroundTruth(shop, 21), line => line.Url, line => line.Url, (before, after) => (before, after))
            .Where(pair => pair is { before.Products.Count: > 0, after.Products.Count: > 0 });

    private HashSet<string> Delivered(string shop, int day) =>
        [
            .. _server
                .GroundTruth(shop, day)
                .Where(line => line.Expected.Products.State == "delivered")
                .Select(line => line.Url),
        ];
}
