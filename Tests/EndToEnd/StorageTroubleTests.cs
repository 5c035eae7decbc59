using System.Net;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.EndToEnd;

/// <summary>
/// Runs need the tables for their records only: with the table service away for a whole run, or refusing lineage's writes, the
/// run goes through, and when the tables are back nothing is missing. A blob that is gone or cut off between two steps costs what
/// stood in it, at most, and every object says so.
/// </summary>
[Parallelizable]
[CancelAfter(120_000)]
public sealed class StorageTroubleTests
{
    private const string Plan = "plan";

    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    private TemporaryFolder _folder = null!;
    private DemoMarketplaceServer _marketplace = null!;
    private ServiceProvider _storage = null!;
    private StorageGate _gate = null!;
    private RunningApp _app = null!;
    private TenantId _tenant;
    private ApiClient _client = null!;

    [OneTimeSetUp]
    public async Task StartEverything()
    {
        _folder = new TemporaryFolder();
        var connection = await AzuriteFixture.ConnectionStringAsync();
        _storage = TestStorage.Create(connection);
        _gate = await StorageGate.StartAsync(connection);
        var options = new DemoMarketplaceOptions { ProductsPerShop = 40, PageSizeBytes = 4_000, Shops = ["alder"] };
        _marketplace = await DemoMarketplaceServer.StartAsync(options, default);
        _app = await RunningApp.StartAsync(_gate.ConnectionString, _folder.FullPath, RunningApp.Patient);
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

    [SetUp]
    public async Task AddTenant()
    {
        _tenant = TestStorage.NewTenant();
        _client = await _app.CreateTenantAsync(_tenant.Value);
        var site = new PlanSite(new Uri(_marketplace.BaseUrl("alder")));
        await _client.PutPlanAsync(Plan, new PlanBody("generic-shop", CrawlKind.Products, [site]), default);
    }

    [TearDown]
    public void Heal()
    {
        _gate.AreTablesAway = false;
        _gate.Refusing = _ => null;
        _client.Dispose();
    }

    /// <summary>
    /// The start itself needs the plan and the run's row. From there on the tables are away: the run's first request for its
    /// targets waits until they are, and they come back when the run's closing record has tried and failed.
    /// </summary>
    [Test]
    public async Task Run_TablesAwayFromItsFirstStepOn_CompletesAndIsRecordedLater()
    {
        var first = _gate.Hold(request => request.Puts(BlobNames.Container(_tenant), "targets/"));
        var runId = await _client.StartRunAsync(Plan, default);
        await first.Caught;
        _gate.AreTablesAway = true;
        first.Release();

        var gold = await GoldAsync(runId);
        await Polling.UntilAsync(() => _gate.Log.Any(request => request.Status == 0 && request.Body.Contains(TableNames.Lineage(Today), StringComparison.Ordinal)));
        using var http = new HttpClient();
        using var health = await http.GetAsync(new Uri(_app.Address, "api/health"));
        var before = await _storage.GetRequiredService<TableRunStore>().FindAsync(RunId.Parse(runId), default);
        _gate.AreTablesAway = false;
        var run = new RecordedRun(_storage, await Polling.UntilRecordedAsync(_client, runId));

        await run.AssertNothingIsLostAsync();
        Assert.That(run.State.Objects.Delivered, Is.EqualTo(gold.Delivered).And.Positive);
        Assert.That(before!.IsLineageComplete, Is.False);
        Assert.That(health.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(403)]
    [TestCase(500)]
    [TestCase(503)]
    public async Task Run_LineageTableRefusesWrites_CompletesAndIsRecordedLater(int status)
    {
        _gate.Refusing = request => request.Commits(TableNames.Lineage(Today), _tenant.Value) ? status : null;

        var runId = await _client.StartRunAsync(Plan, default);
        var unrecorded = await Polling.UntilAsync(_client, runId, state => state.IsOver);
        await Polling.UntilAsync(() => _gate.Log.Any(request => request.Status == status && request.Commits(TableNames.Lineage(Today), _tenant.Value)));
        _gate.Refusing = _ => null;
        var run = new RecordedRun(_storage, await Polling.UntilRecordedAsync(_client, runId));

        await run.AssertNothingIsLostAsync();
        Assert.That((unrecorded.Status, unrecorded.IsLineageComplete, unrecorded.LineageRowCount), Is.EqualTo((RunStatus.Completed, false, 0)));
    }

    [TestCase(0, "raw-missing", TestName = "Run_RawArchiveIsGoneBeforeCleaning_EveryPageFails")]
    [TestCase(0.5, "raw-damaged", TestName = "Run_RawArchiveIsCutOffBeforeCleaning_TheRestFails")]
    public async Task Run_RawArchiveIsDamagedBeforeCleaning_IsAccountedFor(double share, string reason)
    {
        var reading = _gate.Hold(request => request.Gets(BlobNames.Container(_tenant), "raw/"));
        var runId = await _client.StartRunAsync(Plan, default);
        await reading.Caught;
        await DamageAsync(BlobNames.Raw(Run(runId), 0), share);
        reading.Release();
        var run = new RecordedRun(_storage, await Polling.UntilRecordedAsync(_client, runId));

        await run.AssertNothingIsLostAsync(RunStatus.CompletedWithErrors);
        var failed = (await run.LineageAsync()).Where(row => row.State == ObjectState.Failed && row.Reason == reason).ToList();
        Assert.That(failed, Is.Not.Empty);
        Assert.That(run.State.Objects.Delivered, share == 0 ? Is.Zero : Is.Positive);
        Assert.That(run.State.Problems, Is.EqualTo(new[] { $"batch 0: {reason}" }));
    }

    [Test]
    public async Task Run_CleanFileIsCutOffBeforeAggregation_IsMadeAgainFromTheRawArchive()
    {
        var run = await RunWithDamagedCleanFileAsync(0.5);

        await run.AssertNothingIsLostAsync();
        Assert.That(run.State.Objects.Delivered, Is.Positive);
        Assert.That((await run.LineageAsync()).Where(row => row.Reason == "not-aggregated"), Is.Empty);
    }

    [Test]
    public async Task Run_CleanFileIsGoneBeforeAggregation_ItsObjectsFailAndTheRunSaysSo()
    {
        var run = await RunWithDamagedCleanFileAsync(0);

        await run.AssertNothingIsLostAsync(RunStatus.CompletedWithErrors);
        var failed = (await run.LineageAsync()).Count(row => row is { State: ObjectState.Failed, Reason: "not-aggregated" });
        Assert.That(run.State.Objects.Delivered, Is.Zero);
        Assert.That(run.State.Problems, Is.EqualTo(new[] { $"{failed} objects were clean, but their files were gone before the datasets were made" }));
    }

    private async Task<RecordedRun> RunWithDamagedCleanFileAsync(double share)
    {
        var aggregation = _gate.Hold(request => request.Leases(BlobNames.Container(_tenant), BlobNames.GoldLock));
        var runId = await _client.StartRunAsync(Plan, default);
        await aggregation.Caught;
        await DamageAsync(BlobNames.Clean(Run(runId), 0), share);
        aggregation.Release();
        return new RecordedRun(_storage, await Polling.UntilRecordedAsync(_client, runId));
    }

    /// <param name="name">The blob.</param>
    /// <param name="share">What is left of it; 0 takes it away.</param>
    private async Task DamageAsync(string name, double share)
    {
        var blobs = _storage.GetRequiredService<BlobArtifactStore>();
        using var content = new MemoryStream();
        await using (var whole = await blobs.OpenReadAsync(_tenant, name, default))
        {
            await whole.CopyToAsync(content);
        }

        if (share == 0)
        {
            await blobs.DeleteIfExistsAsync(_tenant, name, default);
            return;
        }

        content.SetLength((long)(content.Length * share));
        content.Position = 0;
        await blobs.WriteAsync(_tenant, name, content, default);
    }

    /// <summary>Follows the run through its blobs: the last one that it writes, before only its records are left.</summary>
    private async Task<ObjectCounts> GoldAsync(string runId)
    {
        var commits = _storage.GetRequiredService<BlobGoldCommitStore>();
        var result = await Polling.UntilAsync(() => commits.FindResultAsync(Run(runId), default), result => result is not null);
        return result!.Objects;
    }

    private static RunRef Run(string runId) => new() { RunId = RunId.Parse(runId), Platform = "generic-shop", Kind = CrawlKind.Products };
}
