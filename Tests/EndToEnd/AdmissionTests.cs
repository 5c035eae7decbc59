using Marketline.Core.Admission;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.EndToEnd;

/// <summary>
/// Two apps as processes of their own, each with its own task hub, on one storage account with one place for batches: what one of
/// them holds the other has to wait for, and what one gives back the other gets.
/// </summary>
[Parallelizable]
[CancelAfter(180_000)]
public sealed class AdmissionTests
{
    private const string Plan = "plan";

    private readonly TemporaryFolder[] _folders = [new(), new()];
    private readonly StorageGate[] _gates = new StorageGate[2];
    private readonly RunningApp[] _apps = new RunningApp[2];

    private AzuriteProcess _azurite = null!;
    private ServiceProvider _storage = null!;
    private DemoMarketplaceServer _marketplace = null!;

    [OneTimeSetUp]
    public async Task StartBoth()
    {
        _azurite = await AzuriteProcess.StartAsync();
        _storage = TestStorage.Create(_azurite.ConnectionString);
        var options = new DemoMarketplaceOptions { ProductsPerShop = 60, PageSizeBytes = 4_000, Shops = ["alder", "birch", "cedar", "dune"], FaultPercent = 0 };
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

    [Test]
    public async Task Batches_OneAppHoldsTheOnlyPlace_TheOtherAsksNoPageMeanwhile()
    {
        var (first, second) = (TestStorage.NewTenant(), TestStorage.NewTenant());
        using var one = await TenantAsync(0, first, "alder");
        using var two = await TenantAsync(1, second, "birch");

        var held = _gates[0].Hold(request => request.Puts(BlobNames.Container(first), "clean/"));
        var firstRun = await one.StartRunAsync(Plan, default);
        await held.Caught;
        var secondRun = await two.StartRunAsync(Plan, default);
        await Polling.UntilAsync(BatchesAsync, batches => batches.Exists(ticket => ticket.TenantId == second));
        var batches = await BatchesAsync();
        var meanwhile = await ShopRequests.ReadAsync(_marketplace, "birch");
        held.Release();
        var runs = new[] { await RecordedAsync(one, firstRun), await RecordedAsync(two, secondRun) };

        Assert.That(batches.Where(ticket => ticket.IsGranted).Select(ticket => ticket.TenantId), Is.EqualTo(new[] { first }));
        Assert.That(meanwhile.Pages, Is.Empty);
        foreach (var run in runs)
        {
            await run.AssertNothingIsLostAsync();
        }

        Assert.That(await BatchesAsync(), Is.Empty);
    }

    /// <summary>Four batches of 60 pages' sites, one place: whoever waits is told, or the run would take minutes of timers.</summary>
    [Test]
    public async Task Batches_TwoSitesOfOneRun_TakeTurns()
    {
        var tenant = TestStorage.NewTenant();
        using var client = await TenantAsync(0, tenant, "cedar", "dune");

        var run = await RecordedAsync(client, await client.StartRunAsync(Plan, default));

        await run.AssertNothingIsLostAsync(siteCount: 2);
    }

    [Test]
    public async Task Runs_TenantMayHaveOne_TheSecondStartsWhenTheFirstIsOver()
    {
        var tenant = TestStorage.NewTenant();
        using var one = await TenantAsync(0, tenant, new TenantLimits { MaxActiveRuns = 1 }, "alder");
        await PutPlanAsync(one, "other", "birch");

        var held = _gates[0].Hold(request => request.Puts(BlobNames.Container(tenant), "targets/"));
        var first = await one.StartRunAsync(Plan, default);
        await held.Caught;
        var second = await one.StartRunAsync("other", default);
        var waiting = await one.GetRunAsync(second, default);
        held.Release();
        await (await RecordedAsync(one, first)).AssertNothingIsLostAsync();
        await (await RecordedAsync(one, second)).AssertNothingIsLostAsync();

        Assert.That(waiting.Status, Is.EqualTo(RunStatus.Queued));
    }

    [Test]
    public async Task Pages_DaysBoundIsReached_TheRestFailsAndTheSumsHold()
    {
        var tenant = TestStorage.NewTenant();
        using var client = await TenantAsync(0, tenant, new TenantLimits { MaxPagesPerDay = 25 }, "cedar");

        var run = await RecordedAsync(client, await client.StartRunAsync(Plan, default));

        await run.AssertNothingIsLostAsync(RunStatus.CompletedWithErrors);
        Assert.That(run.State.PageCount, Is.EqualTo(25));
        Assert.That(run.State.Problems, Has.Some.EqualTo("batch 0: quota-pages"));
        Assert.That((await run.LineageAsync()).Count(row => row.Reason == "quota-pages"), Is.EqualTo(run.State.Objects.Ingested - 25));
    }

    private async Task StartAsync(int number)
    {
        _gates[number] = await StorageGate.StartAsync(_azurite.ConnectionString);
        _apps[number] = await RunningApp.StartAsync(
            _gates[number].ConnectionString,
            _folders[number].FullPath,
            [
                .. RunningApp.Patient,
                ("Admission__MaxBatchesInFlight", "1"),
                ("AzureFunctionsJobHost__extensions__durableTask__hubName", $"Hub{number}"),
            ]
        );
    }

    private Task<ApiClient> TenantAsync(int app, TenantId tenant, params string[] shops) => TenantAsync(app, tenant, new TenantLimits(), shops);

    private async Task<ApiClient> TenantAsync(int app, TenantId tenant, TenantLimits limits, params string[] shops)
    {
        var client = await _apps[app].CreateTenantAsync(tenant.Value);
        await _storage.GetRequiredService<TableTenantStore>().UpdateAsync(tenant, row => row with { Limits = limits }, default);
        await PutPlanAsync(client, Plan, shops);
        return client;
    }

    private async Task PutPlanAsync(ApiClient client, string plan, params string[] shops)
    {
        var sites = shops.Select(shop => new PlanSite(new Uri(_marketplace.BaseUrl(shop)))).ToList();
        var limits = new PlanLimits { BatchSize = 50 };
        await client.PutPlanAsync(plan, new PlanBody("generic-shop", CrawlKind.Products, sites, Limits: limits), default);
    }

    private async Task<RecordedRun> RecordedAsync(ApiClient client, string runId) => new(_storage, await Polling.UntilRecordedAsync(client, runId));

    private async Task<List<Ticket>> BatchesAsync() =>
        [.. (await _storage.GetRequiredService<BlobAdmissionStore>().ReadAsync(AdmissionNames.Batches, default)).Tickets];
}
