using System.Text;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Functions.Http.Runs;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Functions.Http.Runs;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RunViewsTests
{
    private static readonly DateTimeOffset Slot = new(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _time = new(Slot);
    private ServiceProvider _storage = null!;
    private TableRunStore _runs = null!;
    private StartRecorder _client = null!;
    private RunViews _views = null!;
    private RunId _runId = null!;

    [SetUp]
    public async Task SetUp()
    {
        _storage = await TestStorage.CreateAsync();
        _runs = _storage.GetRequiredService<TableRunStore>();
        _client = new StartRecorder();
        _views = new RunViews(_runs, _time);
        _runId = new RunId(TestStorage.NewTenant(), PlanId.Parse("plan"), Slot);
    }

    [TearDown]
    public async Task TearDown()
    {
        _views.Dispose();
        await _client.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Test]
    public async Task Find_RunUnderWay_IsAtMostASecondOld()
    {
        await PutAsync(RunStatus.Running, isLineageComplete: false);
        await FindAsync();
        await ChangeAsync(row => row with { PageCount = 5 });

        var within = await FindAsync();
        _time.Advance(RunViews.Age);
        var after = await FindAsync();

        Assert.That((within!.View.PageCount, after!.View.PageCount), Is.EqualTo((0, 5)));
    }

    [Test]
    public async Task Find_ManyAtOnce_ReadOnce()
    {
        await PutAsync(RunStatus.Running, isLineageComplete: false);

        var found = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => FindAsync()));

        Assert.That(found.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Find_ClosedRun_IsKeptForMinutes()
    {
        await PutAsync(RunStatus.Completed, isLineageComplete: true);
        var first = await FindAsync();

        _time.Advance(RunViews.ClosedAge - TimeSpan.FromSeconds(1));
        var within = await FindAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        var after = await FindAsync();

        Assert.That((within == first, ReferenceEquals(after, first)), Is.EqualTo((true, false)));
        Assert.That(after!.ETag, Is.EqualTo(first!.ETag));
    }

    [Test]
    public async Task Find_RunThatWaitsForItsLineage_IsNotClosed()
    {
        await PutAsync(RunStatus.Completed, isLineageComplete: false);
        await FindAsync();
        await ChangeAsync(row => row with { IsLineageComplete = true });

        _time.Advance(RunViews.Age);

        Assert.That((await FindAsync())!.IsEnded, Is.True);
    }

    [Test]
    public async Task Find_NoSuchRun_IsSeenAsSoonAsItIsThere()
    {
        var before = await FindAsync();
        await PutAsync(RunStatus.Scheduled, isLineageComplete: false);

        Assert.That((before, (await FindAsync())?.View.Status), Is.EqualTo(((CachedRun?)null, RunStatus.Scheduled)));
    }

    [Test]
    public async Task Forget_RunThatWasChangedHere_IsReadAgain()
    {
        await PutAsync(RunStatus.Running, isLineageComplete: false);
        await FindAsync();
        await ChangeAsync(row => row with { Status = RunStatus.Suspended });

        _views.Forget(_runId);

        Assert.That((await FindAsync())!.View.Status, Is.EqualTo(RunStatus.Suspended));
    }

    [Test]
    public async Task Answer_OfWhoHasItAlready_IsNotModified()
    {
        await PutAsync(RunStatus.Completed, isLineageComplete: true);
        var run = (await FindAsync())!;
        var first = await AnswerAsync(run, ifNoneMatch: "");
        var again = await AnswerAsync(run, run.ETag);

        Assert.That((first.StatusCode, again.StatusCode, again.Body.Length), Is.EqualTo((200, 304, 0)));
        Assert.That(Encoding.UTF8.GetString(((MemoryStream)first.Body).ToArray()), Does.StartWith($"{{\"runId\":\"{_runId}\""));
        Assert.That((first.ContentLength, $"{first.Headers.CacheControl}"), Is.EqualTo(((long?)first.Body.Length, "private, max-age=120")));
    }

    private Task<CachedRun?> FindAsync() => _views.FindAsync(_runId, _client, CancellationToken.None);

    private static async Task<HttpResponse> AnswerAsync(CachedRun run, string ifNoneMatch)
    {
        var http = Http.Answers.NewContext();
        http.Request.Method = "GET";
        http.Request.Headers.IfNoneMatch = ifNoneMatch;
        await new CachedRunResult(run).ExecuteAsync(http);
        return http.Response;
    }

    private Task<bool> PutAsync(RunStatus status, bool isLineageComplete) =>
        _runs.TryAddAsync(
            new RunRecord
            {
                Run = new RunRef { RunId = _runId, Platform = "generic-shop", Kind = CrawlKind.Products },
                Status = status,
                IsLineageComplete = isLineageComplete,
            },
            CancellationToken.None
        );

    private Task<bool> ChangeAsync(Func<RunRecord, RunRecord> change) => _runs.UpdateAsync(_runId, change, CancellationToken.None);
}
