using Marketline.Activities.Lineage;
using Marketline.Core.Alerts;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.Functions.Timers;

public sealed class WatchRunsTimerTests
{
    private static readonly DateTimeOffset Slot = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    private SchedulerWorker _worker = null!;
    private ManualTimeProvider _clock = null!;
    private StartRecorder _client = null!;
    private Plan _plan = null!;
    private RunId _runId = null!;

    [SetUp]
    public async Task SetUp()
    {
        _clock = new ManualTimeProvider(Slot);
        _worker = await SchedulerWorker.StartAsync(_clock);
        _client = new StartRecorder();
        _plan = new Plan
        {
            TenantId = TestStorage.NewTenant(),
            PlanId = PlanId.Parse("plan"),
            Platform = "generic-shop",
            Kind = CrawlKind.Products,
            Sites = [new PlanSite(new Uri("https://a.example/")), new PlanSite(new Uri("https://b.example/"))],
            Schedule = new PlanSchedule { Cron = "0 * * * *", DeadlineSeconds = 3_600, StuckAfterSeconds = 600 },
            NextDueUtc = Slot,
        };
        _runId = new RunId(_plan.TenantId, _plan.PlanId, Slot);
        await _worker.AddAsync(_plan);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _worker.Get<TableWatchedRunStore>().RemoveAsync(_runId, default);
        await _client.DisposeAsync();
        await _worker.DisposeAsync();
    }

    [Test]
    public async Task RunAsync_NothingMoves_RaisesOneAlertForAllTicks()
    {
        await StartAsync();
        await WatchAsync(minutes: 9);
        var before = await AlertsAsync();

        await WatchAsync(minutes: 1);
        await WatchAsync(minutes: 1);
        await WatchAsync(minutes: 1);

        var alert = (await AlertsAsync()).Single();
        Assert.That(before, Is.Empty);
        Assert.That((alert.Kind, alert.RunId, alert.SinceUtc, alert.RaisedUtc), Is.EqualTo((AlertKind.Stuck, _runId, Slot, Slot.AddMinutes(10))));
        Assert.That(await OpenAsync(), Is.EqualTo(new[] { alert }));
    }

    [Test]
    public async Task RunAsync_ASiteMoves_NothingIsStuck()
    {
        await StartAsync();
        _client.Move(InstanceIds.Site(_runId, 1), Slot.AddMinutes(5));
        await WatchAsync(minutes: 14);
        var before = await AlertsAsync();

        await WatchAsync(minutes: 1);

        Assert.That(before, Is.Empty);
        Assert.That((await AlertsAsync()).Single().SinceUtc, Is.EqualTo(Slot.AddMinutes(5)));
    }

    [Test]
    public async Task RunAsync_MovesAgain_ResolvesTheAlert()
    {
        await StartAsync();
        await WatchAsync(minutes: 10);
        _client.Move(InstanceIds.Site(_runId, 0), Slot.AddMinutes(11));

        await WatchAsync(minutes: 2);

        Assert.That((await AlertsAsync()).Single().ResolvedUtc, Is.EqualTo(Slot.AddMinutes(12)));
        Assert.That(await OpenAsync(), Is.Empty);
    }

    [Test]
    public async Task RunAsync_DeadlineHasPassed_RaisesAnAlertUntilTheRunEnds()
    {
        await StartAsync();
        for (var minute = 0; minute < 60; minute += 5)
        {
            _client.Move(InstanceIds.Run(_runId), _clock.GetUtcNow());
            await WatchAsync(minutes: 5);
        }

        var during = (await AlertsAsync()).Single();
        await RecordAsync(RunStatus.Completed);

        Assert.That((during.Kind, during.SinceUtc, during.ResolvedUtc), Is.EqualTo((AlertKind.Late, Slot.AddHours(1), (DateTimeOffset?)null)));
        Assert.That((await AlertsAsync()).Single().ResolvedUtc, Is.EqualTo(Slot.AddHours(1)));
        Assert.That((await OpenAsync(), await ActiveAsync()), Is.EqualTo((Array.Empty<Alert>(), (VersionedWatchedRun?)null)));
    }

    [Test]
    public async Task RunAsync_RowWithoutOrchestration_IsStarted()
    {
        _client.Failing = _ => (new TimeoutException("gone"), IsBefore: true);
        await _worker.TickAsync(_client);
        _client.Failing = _ => null;

        await WatchAsync(minutes: 1);
        await WatchAsync(minutes: 1);

        var (_, id, input) = _client.Starts.Single();
        Assert.That((id, ((RunInput)input!).Sites.Count), Is.EqualTo((_runId.Value, 2)));
        Assert.That(await AlertsAsync(), Is.Empty);
    }

    [Test]
    public async Task RunAsync_WorkerDiedBeforeTheRow_IsWatchedNoLonger()
    {
        var run = new WatchedRun { RunId = _runId, TaskHub = _client.Name, AddedUtc = Slot, NextLookUtc = Slot.AddMinutes(1) };
        await _worker.Get<TableWatchedRunStore>().AddAsync(run, default);
        await WatchAsync(minutes: 9);
        var before = await ActiveAsync();

        await WatchAsync(minutes: 1);

        Assert.That(before, Is.Not.Null);
        Assert.That((await ActiveAsync(), _client.Starts.Count), Is.EqualTo(((VersionedWatchedRun?)null, 0)));
    }

    [TestCase(OrchestrationRuntimeStatus.Failed)]
    [TestCase(OrchestrationRuntimeStatus.Terminated)]
    public async Task RunAsync_OrchestrationBroke_ClosesTheRun(OrchestrationRuntimeStatus status)
    {
        await StartAsync();
        _client.End(InstanceIds.Run(_runId), status);

        await WatchAsync(minutes: 1);

        var row = await RowAsync();
        Assert.That((row.Status, row.FinishedUtc), Is.EqualTo((RunStatus.Failed, (DateTimeOffset?)Slot.AddMinutes(1))));
        Assert.That(await ActiveAsync(), Is.Null);
        Assert.That(row.Problems.Single(), Does.StartWith("the run broke: its orchestration"));
    }

    [Test]
    public async Task RunAsync_RunningRunsOrchestrationIsGone_ClosesTheRun()
    {
        await StartAsync();
        await _worker.Get<TableRunStore>().UpdateAsync(_runId, row => row with { Status = RunStatus.Running }, default);
        _client.Lose(InstanceIds.Run(_runId));

        await WatchAsync(minutes: 1);

        Assert.That((await RowAsync()).Status, Is.EqualTo(RunStatus.Failed));
        Assert.That(_client.Starts, Has.Count.EqualTo(1));
    }

    [TestCase(OrchestrationRuntimeStatus.Completed)]
    [TestCase(OrchestrationRuntimeStatus.Suspended)]
    public async Task RunAsync_NothingHasToMove_NothingIsStuck(OrchestrationRuntimeStatus status)
    {
        await StartAsync();
        _client.End(InstanceIds.Run(_runId), status);

        await WatchAsync(minutes: 30);

        Assert.That((await AlertsAsync(), (await RowAsync()).Status), Is.EqualTo((Array.Empty<Alert>(), RunStatus.Scheduled)));
    }

    [Test]
    public async Task RunAsync_AnotherHubsRun_IsLeftToIt()
    {
        var run = new WatchedRun { RunId = _runId, TaskHub = "other", AddedUtc = Slot, NextLookUtc = Slot };
        await _worker.Get<TableWatchedRunStore>().AddAsync(run, default);

        await WatchAsync(minutes: 30);

        Assert.That(await ActiveAsync(), Is.Not.Null);
    }

    [Test]
    public async Task RunAsync_TwoWorkersLookAtOnce_IsOneAlert()
    {
        await StartAsync();
        await using var other = await SchedulerWorker.StartAsync(_clock);
        _clock.Advance(TimeSpan.FromMinutes(10));

        await Task.WhenAll(_worker.WatchAsync(_client), other.WatchAsync(_client));

        Assert.That(await AlertsAsync(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_RunIsClosedWhileItIsLookedAt_LeavesNoAlert()
    {
        await StartAsync();
        var found = await ActiveAsync();
        await RecordAsync(RunStatus.Completed);

        var health = RunHealth.Judge(found!.Run, Slot, Slot.AddMinutes(10));
        await _worker.Get<RunAlerts>().SetAsync(found, health, default);

        Assert.That((await OpenAsync(), (await AlertsAsync()).Single().ResolvedUtc), Is.EqualTo((Array.Empty<Alert>(), (DateTimeOffset?)Slot)));
    }

    /// <summary>The run is started and takes up its two sites at the slot.</summary>
    private async Task StartAsync()
    {
        await _worker.TickAsync(_client);
        _client.Move(InstanceIds.Run(_runId), Slot, new RunProgress("crawling", 2, 100));
    }

    private Task WatchAsync(int minutes)
    {
        _clock.Advance(TimeSpan.FromMinutes(minutes));
        return _worker.WatchAsync(_client);
    }

    private async Task RecordAsync(RunStatus status)
    {
        var summary = new RunSummary { Status = status, StartedUtc = Slot, FinishedUtc = _clock.GetUtcNow() };
        var activity = new RecordRunActivity(_worker.Get<TableRunStore>(), _worker.Queue, _worker.Get<RunAlerts>(), _clock);
        await activity.RunAsync(new RecordRunInput((await RowAsync()).Run, summary), _client, default);
    }

    private async Task<RunRecord> RowAsync() => (await _worker.Get<TableRunStore>().FindAsync(_runId, default))!;

    private Task<VersionedWatchedRun?> ActiveAsync() => _worker.Get<TableWatchedRunStore>().FindAsync(_runId, default);

    private async Task<Alert[]> AlertsAsync() => await _worker.Get<TableAlertStore>().ListAsync(_plan.TenantId, "", default).ToArrayAsync();

    /// <summary>Those of this test among the operator's.</summary>
    private async Task<Alert[]> OpenAsync() =>
        await _worker.Get<TableAlertStore>().ListOpenAsync("", default).Where(alert => alert.TenantId == _plan.TenantId).ToArrayAsync();
}
