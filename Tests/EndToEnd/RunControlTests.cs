using System.Net;
using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.EndToEnd;

/// <summary>A long run that is listened to, suspended, resumed and followed by another one.</summary>
[Parallelizable]
[CancelAfter(120_000)]
public sealed class RunControlTests
{
    private const string Plan = "plan";
    private const string Follower = "follower";
    private const int PageCount = 3_000;

    private readonly TenantId _tenant = TestStorage.NewTenant();
    private readonly List<RunApiEvent> _before = [];
    private readonly List<RunApiEvent> _after = [];
    private ServiceProvider _storage = null!;
    private DemoMarketplaceServer _marketplace = null!;
    private ApiClient _client = null!;
    private RunApi _api = null!;
    private string _runId = null!;
    private int _askedWhileSuspended;
    private JsonElement _whileSuspended;
    private RecordedRun _run = null!;

    [OneTimeSetUp]
    public async Task RunSuspendAndResume()
    {
        _storage = await TestStorage.CreateAsync();
        _marketplace = await DemoMarketplaceServer.StartAsync(new DemoMarketplaceOptions { ScalePageCount = PageCount, PageSizeBytes = 2_000 }, default);
        var app = await SharedApp.GetAsync();
        var key = await app.CreateKeyAsync(_tenant.Value);
        _client = app.Client(key);
        _api = new RunApi(app, key);
        await PutPlansAsync();

        _runId = await _client.StartRunAsync(Plan, default);
        await ListenAsync(_before, "", happened => happened.Name == "progress" && Pages(happened) > 0);
        await ExpectAsync(HttpStatusCode.Accepted, "suspend");
        _askedWhileSuspended = await UntilTheShopIsQuietAsync();
        await ExpectAsync(HttpStatusCode.Accepted, "suspend");
        _whileSuspended = await _api.GetAsync($"api/runs/{_runId}");
        await ExpectAsync(HttpStatusCode.Accepted, "resume");
        await ExpectAsync(HttpStatusCode.Accepted, "resume");
        await ListenAsync(_after, _before[^1].Id, _ => false);
        _run = new RecordedRun(_storage, await Polling.UntilRecordedAsync(_client, _runId));
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
    public void Suspend_RunUnderWay_StopsItAfterTheStepUnderWay()
    {
        Assert.That(_askedWhileSuspended, Is.LessThan(PageCount));
        Assert.That(_whileSuspended.GetProperty("status").GetString(), Is.EqualTo("Suspended"));
    }

    [Test]
    public Task Resume_SuspendedRun_CompletesAndNothingIsLost() => _run.AssertNothingIsLostAsync();

    [TestCase("suspend")]
    [TestCase("resume")]
    [TestCase("cancel")]
    public async Task Control_RunIsOver_IsAProblemThatNamesTheRerun(string action)
    {
        var (status, problem) = await _api.PostAsync($"api/runs/{_runId}/{action}");

        Assert.That(status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain($"/api/runs/{_runId}/rerun"));
    }

    [TestCase("failed")]
    [TestCase("quarantined")]
    public async Task Rerun_OfWhatDidNotHappen_IsAProblem(string only)
    {
        var (status, problem) = await _api.PostAsync($"api/runs/{_runId}/rerun", new { only });

        Assert.That((status, problem.GetProperty("title").GetString()), Is.EqualTo((HttpStatusCode.Conflict, "Nothing of the run failed.")));
    }

    [Test]
    public void Events_TakenUpAgain_TellNothingTwiceAndEndWithTheRun()
    {
        var pages = _before.Concat(_after).Where(happened => happened.Name == "progress").Select(Pages).ToList();

        Assert.That(_before.Concat(_after).Select(happened => happened.Id), Is.Unique);
        Assert.That(pages, Is.Ordered);
        Assert.That(_after.Count(happened => happened.Name == "end"), Is.EqualTo(1));
        Assert.That(_after[^1].Data.GetProperty("objects").GetProperty("ingested").GetInt64(), Is.EqualTo(_run.State.Objects.Ingested));
    }

    [Test]
    public async Task Events_HeardToTheEnd_AreNoContent()
    {
        using var answer = await _api.SendAsync($"api/runs/{_runId}/events", "Last-Event-ID", _after[^1].Id);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task GetRun_ClosedAndUnchanged_IsNotSentAgain()
    {
        using var first = await _api.SendAsync($"api/runs/{_runId}", "X-Test", "1");

        using var second = await _api.SendAsync($"api/runs/{_runId}", "If-None-Match", $"{first.Headers.ETag}");

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotModified)));
        Assert.That(first.Headers.CacheControl?.MaxAge, Is.EqualTo(TimeSpan.FromMinutes(2)));
    }

    [Test]
    public async Task Follower_RunHasCompleted_IsStartedByIt()
    {
        var followers = await Polling.UntilAsync(() => _api.PagesAsync($"api/runs?planId={Follower}&limit=5", "runs"), runs => runs.Count > 0);

        var trigger = followers.Single().GetProperty("trigger");
        Assert.That((trigger.GetProperty("kind").GetString(), trigger.GetProperty("by").GetString()), Is.EqualTo(("Run", _runId)));
        Assert.That((await Polling.UntilRecordedAsync(_client, followers[0].GetProperty("runId").GetString()!)).IsOver, Is.True);
    }

    [Test]
    public async Task List_Filters_AreTheRunsThatFit()
    {
        var completed = await _api.PagesAsync("api/runs?status=completed&trigger=request&kind=products&platform=generic-shop&limit=1", "runs");

        Assert.That(completed.Select(run => run.GetProperty("runId").GetString()), Is.EqualTo(new[] { _runId }));
        Assert.That((await _api.GetAsync("api/runs?status=failed,cancelled")).GetProperty("runs").GetArrayLength(), Is.Zero);
    }

    [TestCase("status=7")]
    [TestCase("kind=shoes")]
    [TestCase("from=2026-13-01")]
    [TestCase("from=2010-01-01")]
    [TestCase("planId=No%20Plan")]
    [TestCase("cursor=abc")]
    public async Task List_FilterThatCanNotBeUsed_IsAProblemThatNamesIt(string query)
    {
        using var answer = await _api.SendAsync($"api/runs?{query}", "X-Test", "1");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"\"{query.Split('=')[0]}\""));
    }

    private async Task PutPlansAsync()
    {
        var sites = new[] { new PlanSite(new Uri(_marketplace.BaseUrl("spruce"))) };
        var few = new PlanLimits { BatchSize = 50, MaxTargetsPerSite = 10 };
        await _client.PutPlanAsync(Follower, new PlanBody("generic-shop", CrawlKind.Reviews, sites, Limits: few), default);
        var plan = new { platform = "generic-shop", kind = CrawlKind.Products, sites, limits = new PlanLimits { BatchSize = 50 }, then = new[] { Follower } };
        await _api.PutAsync($"api/plans/{Plan}", plan);
    }

    private async Task ListenAsync(List<RunApiEvent> heard, string lastEventId, Func<RunApiEvent, bool> isEnough)
    {
        await foreach (var happened in _api.EventsAsync(_runId, lastEventId))
        {
            heard.Add(happened);
            if (isEnough(happened))
            {
                return;
            }
        }
    }

    private static long Pages(RunApiEvent happened) => happened.Data.GetProperty("pagesDone").GetInt64();

    private async Task ExpectAsync(HttpStatusCode expected, string action)
    {
        var (status, problem) = await _api.PostAsync($"api/runs/{_runId}/{action}");
        Assert.That(status, Is.EqualTo(expected), $"{action}: {problem}");
    }

    /// <summary>The step that is under way ends; then nothing is asked for any more.</summary>
    private async Task<int> UntilTheShopIsQuietAsync()
    {
        var last = new Queue<int>();
        return await Polling.UntilAsync(
            async () => (await ShopRequests.ReadAsync(_marketplace, "spruce")).Total,
            total =>
            {
                last.Enqueue(total);
                return last.Count > 20 && last.Dequeue() == total;
            }
        );
    }
}
