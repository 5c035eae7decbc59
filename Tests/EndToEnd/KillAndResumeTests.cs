using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.EndToEnd;

/// <summary>
/// One app with six runs, each held in the middle of another step, is killed and started again on the same data folder. Every
/// run has to end as if nothing had happened, and to ask its shop again for no more than the batch that was under way.
/// </summary>
[Parallelizable]
[CancelAfter(180_000)]
public sealed class KillAndResumeTests
{
    private const string Plan = "plan";
    private const int BatchSize = 50;

    /// <summary>The step that the run on each shop is killed in.</summary>
    private static readonly Dictionary<string, string> Steps = new()
    {
        ["planning"] = "alder",
        ["crawling"] = "birch",
        ["cleaning"] = "cedar",
        ["aggregating"] = "dune",
        ["committing"] = "fjord",
        ["recording"] = "grove",
    };

    private TemporaryFolder _folder = null!;
    private DemoMarketplaceServer _marketplace = null!;
    private ServiceProvider _storage = null!;
    private StorageGate _gate = null!;
    private RunningApp _app = null!;
    private Dictionary<string, RecordedRun> _runs = null!;
    private Dictionary<string, ShopRequests> _requests = null!;
    private Dictionary<string, List<FullOfferRow>> _offers = null!;
    private List<FullOfferRow> _undisturbed = null!;

    [OneTimeSetUp]
    public async Task RunKillAndResume()
    {
        _folder = new TemporaryFolder();
        var connection = await AzuriteFixture.ConnectionStringAsync();
        _storage = TestStorage.Create(connection);
        _gate = await StorageGate.StartAsync(connection);
        var options = new DemoMarketplaceOptions { ProductsPerShop = 60, PageSizeBytes = 4_000, FaultPercent = 0 };
        _marketplace = await DemoMarketplaceServer.StartAsync(options, default);
        _app = await RunningApp.StartAsync(_gate.ConnectionString, _folder.FullPath, RunningApp.Patient);

        var runs = await StartAndKillAsync();
        await ResumeAsync(runs);
        await RunUndisturbedAsync();
    }

    [OneTimeTearDown]
    public async Task StopEverything()
    {
        await _app.DisposeAsync();
        await _gate.DisposeAsync();
        await _marketplace.DisposeAsync();
        await _storage.DisposeAsync();
        _folder.Dispose();
    }

    [TestCaseSource(nameof(StepNames))]
    public async Task Kill_InAStep_RunCompletesAndNothingIsLost(string step)
    {
        var run = _runs[step];

        var runsOfObjects = await Task.WhenAll(_offers[step].Select(offer => run.IndexedAsync(offer.ObjectKey)));

        await run.AssertNothingIsLostAsync();
        Assert.That(runsOfObjects, Is.All.EqualTo(1));
    }

    [TestCaseSource(nameof(StepNames))]
    public void Kill_InAStep_DeliversWhatAnUndisturbedRunDelivers(string step)
    {
        var undisturbed = _undisturbed.Where(offer => offer.Site.StartsWith(Steps[step], StringComparison.Ordinal));

        var offers = _offers[step];

        Assert.That(offers.Select(offer => offer.ObjectKey), Is.Unique.And.Not.Empty);
        Assert.That(offers, Is.EquivalentTo(undisturbed));
        Assert.That(_runs[step].State.Objects.Delivered, Is.EqualTo(offers.Count));
    }

    /// <summary>
    /// A batch's archive is committed as a whole (a segment of it for each time box of three minutes), so the batch that was
    /// being crawled is fetched again, and nothing else: with one site, at most <see cref="BatchSize"/> pages twice.
    /// </summary>
    [TestCase("planning")]
    [TestCase("crawling", 1)]
    [TestCase("cleaning", 1)]
    [TestCase("aggregating")]
    [TestCase("committing")]
    [TestCase("recording")]
    public async Task Kill_InAStep_FetchesOnlyTheBatchUnderWayAgain(string step, params int[] underWay)
    {
        var again = new List<string>();
        foreach (var batch in underWay)
        {
            again.AddRange(await _runs[step].TargetPathsAsync(batch));
        }

        var pages = _requests[step].Pages;

        Assert.That(pages.Values, Is.All.LessThanOrEqualTo(2));
        Assert.That(pages.Where(page => page.Value > 1).Select(page => page.Key), Is.SubsetOf(again));
        Assert.That(again, Has.Count.LessThanOrEqualTo(BatchSize));
        Assert.That(pages, Has.Count.GreaterThan(BatchSize), "more than a batch was fetched at all");
    }

    private static IEnumerable<string> StepNames => Steps.Keys;

    private async Task<Dictionary<string, (ApiClient Client, string RunId)>> StartAndKillAsync()
    {
        var runs = new Dictionary<string, (ApiClient, string)>();
        var held = new List<HeldRequest>();
        foreach (var (step, shop) in Steps)
        {
            var tenant = TestStorage.NewTenant();
            held.Add(_gate.Hold(IsIn(step, tenant)));
            var client = await _app.CreateTenantAsync(tenant.Value);
            await PutPlanAsync(client, shop);
            runs.Add(step, (client, await client.StartRunAsync(Plan, default)));
        }

        await Task.WhenAll(held.Select(request => request.Caught));
        await _app.KillAsync();
        return runs;
    }

    private static Func<StorageRequest, bool> IsIn(string step, TenantId tenant)
    {
        var container = BlobNames.Container(tenant);
        return step switch
        {
            "planning" => request => request.Puts(container, "targets/") && request.Puts(container, "batch-000001"),
            "crawling" => request => request.Puts(container, "raw/") && request.Puts(container, "batch-000001"),
            "cleaning" => request => request.Puts(container, "clean/"),
            "aggregating" => request => request.Puts(container, "gold/latest_offers/"),

            // The commit is stored and its first manifest is swapped, the others are not.
            "committing" => request => request.Puts(container, "gold/_manifests/price_changes.json"),

            // The rows are written, the index is not.
            "recording" => request => request.Commits(TableNames.LineageIndex(DateOnly.FromDateTime(DateTime.UtcNow)), tenant.Value),
            _ => throw new ArgumentException(step),
        };
    }

    private async Task ResumeAsync(Dictionary<string, (ApiClient Client, string RunId)> started)
    {
        await _app.RestartAsync();
        (_runs, _requests, _offers) = ([], [], []);
        foreach (var (step, (client, runId)) in started)
        {
            _runs[step] = new RecordedRun(_storage, await Polling.UntilRecordedAsync(client, runId));
            _requests[step] = await ShopRequests.ReadAsync(_marketplace, Steps[step]);
            _offers[step] = await DatasetRows.ReadAsync<FullOfferRow>(client, DatasetNames.LatestOffers, lastRunId: null);
            client.Dispose();
        }
    }

    private async Task RunUndisturbedAsync()
    {
        using var client = await _app.CreateTenantAsync(TestStorage.NewTenant().Value);
        await PutPlanAsync(client, [.. Steps.Values]);
        var state = await Polling.UntilRecordedAsync(client, await client.StartRunAsync(Plan, default));
        _undisturbed = await DatasetRows.ReadAsync<FullOfferRow>(client, DatasetNames.LatestOffers, state.RunId);
    }

    private Task PutPlanAsync(ApiClient client, params string[] shops)
    {
        var sites = shops.Select(shop => new PlanSite(new Uri(_marketplace.BaseUrl(shop)))).ToList();
        return client.PutPlanAsync(Plan, new PlanBody("generic-shop", CrawlKind.Products, sites, Limits: new PlanLimits { BatchSize = BatchSize }), default);
    }
}
