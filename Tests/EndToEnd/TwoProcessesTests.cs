using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.Engine.Store;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.EndToEnd;

/// <summary>
/// Two apps as processes of their own, each with its own task hub, on one storage account: what is one at a time is so over both.
/// In each test the first process is held where it has the right, and the second is seen to ask for it and to be refused.
/// </summary>
[Parallelizable]
[CancelAfter(180_000)]
public sealed class TwoProcessesTests
{
    private const string Plan = "plan";

    private readonly TemporaryFolder[] _folders = [new(), new()];
    private readonly StorageGate[] _gates = new StorageGate[2];
    private readonly RunningApp[] _apps = new RunningApp[2];

    /// <summary>Of its own: timers that fire each second would take the slots of other tests.</summary>
    private AzuriteProcess _azurite = null!;
    private ServiceProvider _storage = null!;
    private DemoMarketplaceServer _marketplace = null!;
    private TenantId _tenant;
    private string _key = null!;

    [OneTimeSetUp]
    public async Task StartBoth()
    {
        _azurite = await AzuriteProcess.StartAsync();
        _storage = TestStorage.Create(_azurite.ConnectionString);
        var options = new DemoMarketplaceOptions { ProductsPerShop = 60, PageSizeBytes = 4_000, Shops = ["alder", "birch", "cedar", "dune", "fjord"] };
        _marketplace = await DemoMarketplaceServer.StartAsync(options, default);
        await Task.WhenAll(StartAsync(0), StartAsync(1));
    }

    [OneTimeTearDown]
    public async Task StopBoth()
    {
        for (var i = 0; i < 2; i++)
        {
            await _apps[i].DisposeAsync();
            await _gates[i].DisposeAsync();
            _folders[i].Dispose();
        }

        await _marketplace.DisposeAsync();
        await _storage.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    [SetUp]
    public async Task AddTenant()
    {
        _tenant = TestStorage.NewTenant();
        _key = await _apps[0].CreateKeyAsync(_tenant.Value);
    }

    [Test]
    public async Task Slot_BothCrawlOneShop_OneOfThemAtATime()
    {
        var other = TestStorage.NewTenant();
        using var one = _apps[0].Client(_key);
        using var two = _apps[1].Client(await _apps[1].CreateKeyAsync(other.Value));
        await Task.WhenAll(PutPlanAsync(one, Plan, "cedar"), PutPlanAsync(two, Plan, "cedar"));
        var slot = BlobNames.SiteSlot(new Uri(_marketplace.BaseUrl("cedar")).Authority);

        var held = _gates[0].Hold(request => request.Puts(BlobNames.Container(_tenant), "raw/"));
        var first = await one.StartRunAsync(Plan, default);
        await held.Caught;
        var before = await RequestsAsync("cedar");
        var second = await two.StartRunAsync(Plan, default);
        await Polling.UntilAsync(() => _gates[1].Log.Any(request => request.Status == 409 && request.Leases(BlobNames.SystemContainer, slot)));
        var meanwhile = await RequestsAsync("cedar");
        held.Release();
        await (await RecordedAsync(one, first)).AssertNothingIsLostAsync();
        await (await RecordedAsync(two, second)).AssertNothingIsLostAsync();

        var after = await RequestsAsync("cedar");
        Assert.That(meanwhile.Total, Is.EqualTo(before.Total).And.Positive);
        Assert.That(after.Pages.Values, Is.All.EqualTo(2), "once for each tenant");
        Assert.That(after.MaxConcurrency, Is.LessThanOrEqualTo(2), "Crawl:MaxConcurrencyPerSite, over both");
    }

    [Test]
    public async Task GoldLock_BothAggregateOneTenant_NoUpdateIsLost()
    {
        using var one = _apps[0].Client(_key);
        using var two = _apps[1].Client(_key);
        await PutPlanAsync(one, "one", "alder");
        await PutPlanAsync(one, "two", "birch");
        await Task.WhenAll(RunAsync(one, "one"), RunAsync(two, "two"));
        await ShopRequests.MoveToDayAsync(_marketplace, 1);

        var held = _gates[0].Hold(request => request.Puts(BlobNames.Container(_tenant), "gold/latest_offers/"));
        var first = await one.StartRunAsync("one", default);
        await held.Caught;
        var second = await two.StartRunAsync("two", default);
        await Polling.UntilAsync(() => _gates[1].Log.Any(request => request.Status == 409 && request.Leases(BlobNames.Container(_tenant), BlobNames.GoldLock)));
        held.Release();
        await (await RecordedAsync(one, first)).AssertNothingIsLostAsync();
        await (await RecordedAsync(two, second)).AssertNothingIsLostAsync();

        var offers = (await DatasetRows.ReadAsync<FullOfferRow>(two, DatasetNames.LatestOffers, null)).ToDictionary(offer => offer.Url, offer => offer.Price);
        var changes = await DatasetRows.ReadAsync<PriceChangeRow>(two, DatasetNames.PriceChanges, null);
        var today = ShopDays.Delivered(_marketplace, "alder", 1).Concat(ShopDays.Delivered(_marketplace, "birch", 1));
        var moved = ShopDays.Changed(_marketplace, "alder", 0, 1).Concat(ShopDays.Changed(_marketplace, "birch", 0, 1));
        Assert.That(offers, Is.SupersetOf(today.ToDictionary(product => product.Key, product => product.Value.Price)));
        Assert.That(
            changes.Select(row => (row.Url, row.OldPrice, row.NewPrice, row.RunId)),
            Is.EquivalentTo(moved.Select(pair => (pair.New.Url, pair.Old.Price, pair.New.Price, pair.New.Url.Contains("alder", StringComparison.Ordinal) ? first : second)))
        );
    }

    /// <summary>Nobody presses start: the plan has one slot a year, and it comes in a few seconds.</summary>
    [Test]
    public async Task Timer_BothFireForOneSlot_TheRunStartsOnce()
    {
        var slot = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 2);
        var held = _gates.Select(gate => gate.Hold(request => request.Inserts(TableNames.Runs, _tenant.Value))).ToList();
        using var client = _apps[0].Client(_key);
        await PutPlanAsync(client, Plan, "dune", slot.ToString("s m H d M '*'", CultureInfo.InvariantCulture));

        // Both timers have found the slot and are about to add the run's row; both go on to the plan's next slot.
        await Task.WhenAll(held.Select(request => request.Caught));
        held.ForEach(request => request.Release());
        await Polling.UntilAsync(() => _gates.All(gate => gate.Log.Any(MovesOn)));
        var run = await RecordedAsync(client, new RunId(_tenant, PlanId.Parse(Plan), slot).Value);

        await run.AssertNothingIsLostAsync();
        Assert.That(await RunsAsync(), Has.Count.EqualTo(1));
        Assert.That(HubCount(run.State.RunId), Is.EqualTo(1));
        Assert.That((await RequestsAsync("dune")).Pages.Values, Is.Not.Empty.And.All.EqualTo(1));
        Assert.That(_gates.Count(gate => WroteLineage(gate, run)), Is.EqualTo(1));
        bool MovesOn(StorageRequest request) =>
            request.Method == "PUT" && request.Target.Contains($"/{TableNames.Schedule}(", StringComparison.Ordinal) && request.Target.Contains(_tenant.Value, StringComparison.Ordinal);
    }

    [Test]
    public async Task Start_BothStartOneRun_ItRunsOnce()
    {
        using var one = _apps[0].Client(_key);
        using var two = _apps[1].Client(_key);
        await PutPlanAsync(one, Plan, "fjord");

        // The slot is the second of the request: both have to come in the same one.
        string[] ids;
        var runCount = 0;
        do
        {
            ids = await Task.WhenAll(one.StartRunAsync(Plan, default), two.StartRunAsync(Plan, default));
            runCount += ids.Distinct().Count();
        } while (ids[0] != ids[1]);

        var run = await RecordedAsync(two, ids[0]);
        await Polling.UntilAsync(async () => await RunsAsync(), runs => runs.TrueForAll(row => row.IsLineageComplete));

        await run.AssertNothingIsLostAsync();
        Assert.That(await RunsAsync(), Has.Count.EqualTo(runCount));
        Assert.That(HubCount(ids[0]), Is.EqualTo(1));
        Assert.That((await RequestsAsync("fjord")).Pages.Values, Is.Not.Empty.And.All.EqualTo(runCount));
        Assert.That(_gates.Count(gate => WroteLineage(gate, run)), Is.EqualTo(1));
    }

    private async Task StartAsync(int number)
    {
        _gates[number] = await StorageGate.StartAsync(_azurite.ConnectionString);
        _apps[number] = await RunningApp.StartAsync(
            _gates[number].ConnectionString,
            _folders[number].FullPath,
            [
                .. RunningApp.Patient,
                ("CrawlSchedule", "* * * * * *"),
                ("Crawl__MaxConcurrencyPerSite", "2"),
                ("AzureFunctionsJobHost__extensions__durableTask__hubName", Hub(number)),
            ]
        );
    }

    private async Task PutPlanAsync(ApiClient client, string planId, string shop, string? schedule = null)
    {
        var site = new PlanSite(new Uri(_marketplace.BaseUrl(shop)));
        await client.PutPlanAsync(planId, new PlanBody("generic-shop", CrawlKind.Products, [site], schedule), default);
    }

    private async Task<RecordedRun> RunAsync(ApiClient client, string planId) =>
        await RecordedAsync(client, await client.StartRunAsync(planId, default));

    private async Task<RecordedRun> RecordedAsync(ApiClient client, string runId) =>
        new(_storage, await Polling.UntilRecordedAsync(client, runId));

    private Task<ShopRequests> RequestsAsync(string shop) => ShopRequests.ReadAsync(_marketplace, shop);

    private static bool WroteLineage(StorageGate gate, RecordedRun run) =>
        gate.Log.Any(request => request.Commits(TableNames.Lineage(RunId.Parse(run.State.RunId).Date), run.State.RunId));

    /// <summary>In how many task hubs the run's orchestration was ever started, as they have stored it.</summary>
    private int HubCount(string runId) =>
        Enumerable
            .Range(0, 2)
            .Count(number =>
            {
                using var hub = new SqliteConnection(Path.Combine(_folders[number].FullPath, $"{Hub(number)}.db"));
                return hub.Statement("SELECT 1 FROM instances WHERE id = ?").Bind(runId).ExecuteScalar() is not null;
            });

    private static string Hub(int number) => $"Hub{number}";

    private async Task<List<RunRecord>> RunsAsync()
    {
        var runs = new List<RunRecord>();
        await foreach (var run in _storage.GetRequiredService<TableRunStore>().ListAsync(_tenant, DateOnly.FromDateTime(DateTime.UtcNow), default))
        {
            runs.Add(run);
        }

        return runs;
    }
}
