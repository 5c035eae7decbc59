using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
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
/// The same plan on two days of the marketplace: what the datasets say of the second day, and of what changed, is exactly what
/// the shops' ground truth says.
/// </summary>
[Parallelizable]
[CancelAfter(120_000)]
public sealed class SecondDayTests
{
    private const string Plan = "plan";

    private static readonly string[] Shops = ["alder", "birch", "cedar"];

    private DemoMarketplaceServer _marketplace = null!;
    private ServiceProvider _storage = null!;
    private ApiClient _client = null!;
    private RecordedRun _first = null!;
    private RecordedRun _second = null!;
    private List<FullOfferRow> _offers = null!;

    [OneTimeSetUp]
    public async Task RunOnBothDays()
    {
        _storage = await TestStorage.CreateAsync();
        var options = new DemoMarketplaceOptions { ProductsPerShop = 60, PageSizeBytes = 4_000, Shops = Shops };
        _marketplace = await DemoMarketplaceServer.StartAsync(options, default);
        _client = await (await SharedApp.GetAsync()).CreateTenantAsync(TestStorage.NewTenant().Value);
        var sites = Shops.Select(shop => new PlanSite(new Uri(_marketplace.BaseUrl(shop)))).ToList();
        await _client.PutPlanAsync(Plan, new PlanBody("generic-shop", CrawlKind.Products, sites), default);

        _first = await RunAsync(before: null);
        await ShopRequests.MoveToDayAsync(_marketplace, 1);
        _second = await RunAsync(_first);
        _offers = await DatasetRows.ReadAsync<FullOfferRow>(_client, DatasetNames.LatestOffers, lastRunId: null);
    }

    [OneTimeTearDown]
    public async Task StopEverything()
    {
        _client.Dispose();
        await _marketplace.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Test]
    public async Task BothRuns_NothingIsLost()
    {
        await _first.AssertNothingIsLostAsync(Shops.Length);
        await _second.AssertNothingIsLostAsync(Shops.Length);
        Assert.That(_first.State.Objects.Unchanged, Is.Zero);
    }

    [Test]
    public async Task SecondRun_WhatTheShopsLeftAsItWas_IsUnchangedAndTheRestDelivered()
    {
        var before = Days(0).ToDictionary(product => product.Url, Content);
        var expected = Days(1).ToLookup(product => before.GetValueOrDefault(product.Url) == Content(product), product => product.Url);

        // Of two addresses of one product either may be the one that counts; the object is the same.
        var urls = _offers.ToDictionary(offer => offer.ObjectKey, offer => offer.Url);
        var found = (await _second.LineageAsync(Shops.Length))
            .Where(row => row.State is ObjectState.Delivered or ObjectState.Unchanged)
            .ToLookup(row => row.State == ObjectState.Unchanged, row => urls[row.ObjectKey]);

        Assert.That(found[true], Is.EquivalentTo(expected[true]).And.Not.Empty);
        Assert.That(found[false], Is.EquivalentTo(expected[false]).And.Not.Empty);
    }

    [TestCaseSource(nameof(Shops))]
    public void LatestOffers_ShowTheSecondDay(string shop)
    {
        var expected = _marketplace.GroundTruth(shop, 1).Where(page => page.Expected.Products.State == "delivered").ToList();

        var differences = expected.SelectMany(page => OfferComparison.Differences(page, page.Products.Single(product => product.IsShown), _offers, shop)).ToList();

        Assert.That(differences, Is.Empty);
        Assert.That(expected, Is.Not.Empty);
    }

    [Test]
    public void LatestOffers_GoneOnTheSecondDay_StayAsTheyWere()
    {
        var today = Days(1).Select(product => product.Url).ToHashSet();
        var gone = Days(0).Where(product => !today.Contains(product.Url)).ToDictionary(product => product.Url, product => product.Price);

        var found = _offers.Where(offer => !today.Contains(offer.Url)).ToDictionary(offer => offer.Url, offer => offer.Price);

        Assert.That(found, Is.EquivalentTo(gone).And.Not.Empty);
    }

    [Test]
    public async Task PriceChanges_AreTheTruthsDifferencesFieldByField()
    {
        var keys = _offers.ToDictionary(offer => offer.Url, offer => offer.ObjectKey);
        var expected = Shops
            .SelectMany(shop => ShopDays.Changed(_marketplace, shop, 0, 1))
            .Select(pair => new PriceChangeRow
            {
                ObjectKey = keys[pair.New.Url],
                Platform = "generic-shop",
                Url = pair.New.Url,
                Name = pair.New.Name,
                Category = pair.New.Category,
                OldCurrencyCode = pair.Old.Currency,
                CurrencyCode = pair.New.Currency,
                OldPrice = pair.Old.Price,
                NewPrice = pair.New.Price,
                ChangeRatio = Math.Round((double)pair.New.Price! / (double)pair.Old.Price! - 1, 6),
                OldAvailability = pair.Old.Availability,
                NewAvailability = pair.New.Availability,
                ChangedUtc = default,
                RunId = _second.State.RunId,
            });

        var rows = await DatasetRows.ReadAsync<PriceChangeRow>(_client, DatasetNames.PriceChanges, lastRunId: null);

        Assert.That(rows.Select(row => row with { ChangedUtc = default }), Is.EquivalentTo(expected).And.Not.Empty);
        Assert.That(rows.Select(row => row.ChangedUtc), Is.All.InRange(_second.State.StartedUtc!.Value, _second.State.FinishedUtc!.Value));
    }

    /// <summary>The index is one set of rows for a date; both runs are of this one, so it says where the second left the prices.</summary>
    [Test]
    public async Task PriceIndex_OfTheSecondRunsDate_IsTheTruthsPricesAgainstTheirFirst()
    {
        var first = Days(0).ToDictionary(product => product.Url);
        var current = Days(0).Concat(Days(1)).Where(product => product.Price is not null).GroupBy(product => product.Url).Select(days => days.Last());
        var expected = current
            .GroupBy(product => (Category: product.Category ?? "uncategorised", product.Currency))
            .Select(group =>
            {
                var prices = group.Select(product => product.Price!.Value).Order().ToList();
                var moves = group.Average(product => Math.Log((double)(product.Price / first.GetValueOrDefault(product.Url, product).Price)!));
                return $"{group.Key} {prices.Count} {prices[0]:0.00} {Median(prices):0.00} {prices.Average():0.00} {prices[^1]:0.00} {100 * Math.Exp(moves):0.000}";
            });

        var rows = await DatasetRows.ReadAsync<PriceIndexRow>(_client, DatasetNames.PriceIndex, lastRunId: null);

        var found = rows.Where(row => row.Dt == RunId.Parse(_second.State.RunId).Date)
            .Select(row => $"{(row.Category, row.CurrencyCode)} {row.OfferCount} {row.MinPrice:0.00} {row.MedianPrice:0.00} {row.AvgPrice:0.00} {row.MaxPrice:0.00} {row.PriceIndex:0.000}");
        Assert.That(found, Is.EquivalentTo(expected).And.Not.Empty);
    }

    /// <summary>A slot is a second: another run needs another one.</summary>
    private async Task<RecordedRun> RunAsync(RecordedRun? before)
    {
        var runId = await Polling.UntilAsync(() => _client.StartRunAsync(Plan, default), id => id != before?.State.RunId);
        return new RecordedRun(_storage, await Polling.UntilRecordedAsync(_client, runId));
    }

    private IEnumerable<TruthProduct> Days(int day) => Shops.SelectMany(shop => ShopDays.Delivered(_marketplace, shop, day).Values);

    /// <summary>What makes an offer another one: everything but what its buyers say of it.</summary>
    private static TruthProduct Content(TruthProduct product) => product with { RatingValue = null, ReviewCount = null, Warnings = [] };

    private static decimal Median(List<decimal> sorted) => (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}
