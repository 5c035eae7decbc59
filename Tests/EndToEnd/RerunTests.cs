using System.Net;
using Azure.Data.Tables;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.EndToEnd;

/// <summary>
/// A run over a shop with faults, done again in every way after the shop has been mended: what failed, from the archive, from the
/// clean files, and its lineage.
/// </summary>
[Parallelizable]
[CancelAfter(120_000)]
public sealed class RerunTests
{
    private const string Plan = "plan";
    private const string Shop = "grove";

    private readonly TenantId _tenant = TestStorage.NewTenant();
    private ServiceProvider _storage = null!;
    private DemoMarketplaceServer _marketplace = null!;
    private ApiClient _client = null!;
    private RunApi _api = null!;
    private RecordedRun _first = null!;
    private List<ObjectOutcome> _rows = null!;
    private RecordedRun _failed = null!;
    private ShopRequests _askedForFailed = null!;
    private RecordedRun _cleaned = null!;
    private RecordedRun _aggregated = null!;
    private RecordedRun _written = null!;
    private ShopRequests _askedAtTheEnd = null!;

    [OneTimeSetUp]
    public async Task RunAndMendTheShop()
    {
        _storage = await TestStorage.CreateAsync();
        var options = new DemoMarketplaceOptions { ProductsPerShop = 100, PageSizeBytes = 4_000, Shops = [Shop] };
        _marketplace = await DemoMarketplaceServer.StartAsync(options, default);
        var app = await SharedApp.GetAsync();
        var key = await app.CreateKeyAsync(_tenant.Value);
        _client = app.Client(key);
        _api = new RunApi(app, key);
        var site = new PlanSite(new Uri(_marketplace.BaseUrl(Shop)));
        await _client.PutPlanAsync(Plan, new PlanBody("generic-shop", CrawlKind.Products, [site], Limits: new PlanLimits { BatchSize = 50 }), default);
        _first = await RecordedAsync(await _client.StartRunAsync(Plan, default));
        _rows = await _first.LineageAsync();

        var port = _marketplace.IndexUrl.Port;
        await _marketplace.DisposeAsync();
        _marketplace = await DemoMarketplaceServer.StartAsync(options with { Port = port, FaultPercent = 0 }, default);
        await RunAgainAsync();
    }

    [OneTimeTearDown]
    public async Task StopEverything()
    {
        _api.Dispose();
        _client.Dispose();
        await _marketplace.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Test]
    public async Task Rerun_OnlyWhatFailed_AsksTheShopForThosePagesOnly()
    {
        var failed = _rows.Where(row => row.State == ObjectState.Failed).Select(row => new Uri(row.Url).PathAndQuery).ToList();
        Assert.That(_failed.State.RunId, Is.EqualTo($"{_first.State.RunId}-r1"));
        Assert.That(failed, Is.Not.Empty);
        Assert.That(_askedForFailed.Pages.Keys, Is.EquivalentTo(failed));
        // One of the pages is really gone.
        var stillFailed = (await _failed.LineageAsync()).Where(row => row.State == ObjectState.Failed).ToList();
        Assert.That(stillFailed.Select(row => row.Reason), Is.All.EqualTo("not-found"));
        Assert.That((_failed.State.Objects.Ingested, _failed.State.Objects.Failed), Is.EqualTo((failed.Count, stillFailed.Count)));
        Assert.That(_failed.State.Objects.Delivered, Is.Positive);
        await _failed.AssertNothingIsLostAsync();
    }

    [Test]
    public async Task Rerun_FromClean_GivesTheSameWithoutAskingTheShop()
    {
        var (was, now) = (_first.State.Objects, _cleaned.State.Objects);
        Assert.That(_askedAtTheEnd.Total, Is.EqualTo(_askedForFailed.Total));
        Assert.That(
            (now.Ingested, now.Failed, now.Quarantined, now.Filtered, now.Delivered + now.Unchanged),
            Is.EqualTo((was.Ingested, was.Failed, was.Quarantined, was.Filtered, was.Delivered + was.Unchanged))
        );
        await _cleaned.AssertNothingIsLostAsync();
    }

    [Test]
    public async Task Rerun_FromAggregate_TakesWhatWasClean()
    {
        var was = _first.State.Objects;
        Assert.That(_aggregated.State.Objects.Ingested, Is.EqualTo(was.Delivered + was.Unchanged));
        Assert.That(_aggregated.State.PageCount, Is.Zero);
        await _aggregated.AssertNothingIsLostAsync();
    }

    [Test]
    public async Task Rerun_FromLineage_WritesLostRowsAgain()
    {
        Assert.That((_written.State.RunId, _written.State.Objects), Is.EqualTo((_first.State.RunId, _first.State.Objects)));
        Assert.That((await _written.LineageAsync()).Select(row => row.ObjectKey), Is.EqualTo(_rows.Select(row => row.ObjectKey)));
    }

    [Test]
    public async Task Objects_PageByPage_AreThoseThatFailedWithTheirReasons()
    {
        var listed = await _api.PagesAsync($"api/runs/{_first.State.RunId}/objects?state=failed,quarantined&limit=7", "objects");

        var expected = _rows.Where(row => row.State is ObjectState.Failed or ObjectState.Quarantined);
        Assert.That(
            listed.Select(item => $"{item.GetProperty("objectKey")} {item.GetProperty("state")} {item.GetProperty("reason")}"),
            Is.EquivalentTo(expected.Select(row => $"{row.ObjectKey} {row.State} {row.Reason}"))
        );
    }

    [Test]
    public async Task Objects_CursorOfAnotherState_IsAProblem()
    {
        var page = await _api.GetAsync($"api/runs/{_first.State.RunId}/objects?state=failed&limit=1");

        using var answer = await _api.SendAsync($"api/runs/{_first.State.RunId}/objects?state=delivered&cursor={page.GetProperty("next")}", "X-Test", "1");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("failed", "clean", "only")]
    [TestCase("all", "extract", "$.from")]
    public async Task Rerun_ThatMakesNoSense_IsAProblem(string only, string from, string place)
    {
        var (status, problem) = await _api.PostAsync($"api/runs/{_first.State.RunId}/rerun", new { only, from });

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That($"{problem}", Does.Contain(place));
    }

    [Test]
    public async Task Rerun_OfNoRun_IsNotThere()
    {
        var (status, _) = await _api.PostAsync($"api/runs/{_tenant}-{Plan}-20200101T000000Z/rerun");

        Assert.That(status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private async Task RunAgainAsync()
    {
        _failed = await RecordedAsync(await _api.RerunAsync(_first.State.RunId, new { only = "failed" }));
        _askedForFailed = await ShopRequests.ReadAsync(_marketplace, Shop);
        _cleaned = await RecordedAsync(await _api.RerunAsync(_first.State.RunId, new { from = "clean" }));
        _aggregated = await RecordedAsync(await _api.RerunAsync(_first.State.RunId, new { from = "aggregate" }));

        var runId = RunId.Parse(_first.State.RunId);
        var table = new TableServiceClient(await AzuriteFixture.ConnectionStringAsync()).GetTableClient(TableNames.Lineage(runId.Date));
        await table.DeleteEntityAsync(TableKeys.LineagePartition(runId, 0), _rows[0].ObjectKey);
        _written = await RecordedAsync(await _api.RerunAsync(_first.State.RunId, new { from = "lineage" }));
        _askedAtTheEnd = await ShopRequests.ReadAsync(_marketplace, Shop);
    }

    private async Task<RecordedRun> RecordedAsync(string runId) => new(_storage, await Polling.UntilRecordedAsync(_client, runId));
}
