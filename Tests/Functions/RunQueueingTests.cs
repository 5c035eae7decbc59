using Marketline.Core.Admission;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Marketline.Tests.Storage;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Functions;

/// <summary>Runs that are started, wait, are skipped, replaced, refused and cancelled, and what mends them after a crash.</summary>
public sealed class RunQueueingTests
{
    private static readonly DateTimeOffset Slot = new(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);

    private ManualTimeProvider _clock = null!;
    private ServiceProvider _storage = null!;
    private StarterSetup _setup = null!;
    private StartRecorder _client = null!;
    private TenantId _tenant;

    [SetUp]
    public async Task SetUp()
    {
        _clock = new ManualTimeProvider(Slot.AddSeconds(20));
        _storage = await TestStorage.CreateAsync(_clock);
        _setup = new StarterSetup(_storage, _clock);
        _client = new StartRecorder();
        _tenant = TestStorage.NewTenant();
        await _setup.AddTenantAsync(_tenant, new TenantLimits { MaxActiveRuns = 2 });
    }

    [TearDown]
    public async Task TearDown()
    {
        await _client.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Test]
    public async Task Start_TenantHasAsManyAsItMay_TheNextWaits()
    {
        var outcomes = await StartAsync("one", "two", "three");

        Assert.That(outcomes, Is.EqualTo(new[] { StartOutcome.Started, StartOutcome.Started, StartOutcome.Queued }));
        Assert.That(await StatusAsync("three"), Is.EqualTo(RunStatus.Queued));
        Assert.That(Started(), Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public async Task Leave_OthersWait_StartsThemByPriorityAndThenAge()
    {
        await StartAsync("one", "two", "three", "four");
        await StartAsync("urgent", priority: 0);

        await EndAsync("one");
        await EndAsync("two");
        await EndAsync("urgent");

        Assert.That(Started(), Is.EqualTo(new[] { "one", "two", "urgent", "three", "four" }));
    }

    [Test]
    public async Task Leave_WaitingRun_StartsWithThePlanAsItWas()
    {
        await StartAsync("one", "two", "three");

        await EndAsync("one");

        var input = (RunInput)_client.Starts.Last().Input!;
        Assert.That((input.Run.RunId, input.Run.Platform, input.Limits.BatchSize), Is.EqualTo((Id("three"), "generic-shop", 77)));
        Assert.That(input.Sites.Select(site => site.BaseUrl), Is.EqualTo(PlanOf("three").Sites.Select(site => site.BaseUrl)));
    }

    [Test]
    public async Task Leave_Twice_StartsOne()
    {
        await StartAsync("one", "two", "three", "four");

        await EndAsync("one");
        await EndAsync("one");

        Assert.That(Started(), Is.EqualTo(new[] { "one", "two", "three" }));
    }

    [Test]
    public async Task Start_OtherTenantsRuns_DoNotCount()
    {
        await StartAsync("one", "two");
        var other = TestStorage.NewTenant();
        await _setup.AddTenantAsync(other);

        var result = await _setup.Starter.StartAsync(_client, Request("one") with { Plan = PlanOf("one") with { TenantId = other } }, CancellationToken.None);

        Assert.That(result.Outcome, Is.EqualTo(StartOutcome.Started));
    }

    [TestCase(OverlapPolicy.Skip, StartOutcome.Skipped)]
    [TestCase(OverlapPolicy.Queue, StartOutcome.Queued)]
    [TestCase(OverlapPolicy.Replace, StartOutcome.Queued)]
    [TestCase(OverlapPolicy.Allow, StartOutcome.Started)]
    public async Task Start_PlansLastRunGoesOn_FollowsTheOverlapPolicy(OverlapPolicy overlap, StartOutcome expected)
    {
        await StartAsync("plan");

        var result = await StartAgainAsync(overlap);

        Assert.That((result.Outcome, result.Reason is null), Is.EqualTo((expected, expected == StartOutcome.Started)));
        Assert.That(await _setup.Runs.FindAsync(result.RunId, CancellationToken.None) is null, Is.EqualTo(expected == StartOutcome.Skipped));
    }

    [TestCase(RunTriggerKind.Schedule, StartOutcome.Skipped)]
    [TestCase(RunTriggerKind.Request, StartOutcome.Queued)]
    [TestCase(RunTriggerKind.Run, StartOutcome.Queued)]
    public async Task Start_NoPolicyGiven_SchedulesSkipAndRequestsQueue(RunTriggerKind kind, StartOutcome expected)
    {
        await StartAsync("plan");

        var request = Request("plan") with { SlotUtc = Slot.AddMinutes(1), Trigger = new RunTrigger(kind) };

        Assert.That((await _setup.Starter.StartAsync(_client, request, CancellationToken.None)).Outcome, Is.EqualTo(expected));
    }

    [Test]
    public async Task Start_QueuedBehindThePlansOwnRun_StartsWhenThatOneEnds()
    {
        await StartAsync("plan");
        await StartAgainAsync(OverlapPolicy.Queue);
        var before = Started();

        await EndAsync("plan");

        Assert.That(before, Is.EqualTo(new[] { "plan" }));
        Assert.That(Started(), Is.EqualTo(new[] { "plan", "plan" }));
    }

    [Test]
    public async Task Start_Replace_CancelsTheRunningOneAndDropsTheWaitingOne()
    {
        await StartAsync("plan");
        var waiting = await StartAgainAsync(OverlapPolicy.Queue, minutes: 1);

        var last = await StartAgainAsync(OverlapPolicy.Replace, minutes: 2);
        var isFlagged = await _setup.Blobs.ExistsAsync(_tenant, BlobNames.CancelFlag(Id("plan")), CancellationToken.None);
        await EndAsync("plan");

        Assert.That(isFlagged, Is.True);
        Assert.That((await _setup.Runs.FindAsync(waiting.RunId, CancellationToken.None))!.Status, Is.EqualTo(RunStatus.Cancelled));
        Assert.That(_client.Starts.Select(start => start.InstanceId), Is.EqualTo(new[] { Id("plan").Value, last.RunId.Value }));
    }

    [Test]
    public async Task Start_OldSlotAgain_ReplacesNothing()
    {
        await StartAsync("plan");
        await EndAsync("plan");
        await StartAgainAsync(OverlapPolicy.Allow);

        var result = await _setup.Starter.StartAsync(_client, Request("plan") with { Overlap = OverlapPolicy.Replace }, CancellationToken.None);

        Assert.That(result.Outcome, Is.EqualTo(StartOutcome.AlreadyStarted));
        Assert.That(await _setup.Blobs.ExistsAsync(_tenant, BlobNames.CancelFlag(new RunId(_tenant, PlanId.Parse("plan"), Slot.AddMinutes(1))), CancellationToken.None), Is.False);
        Assert.That(await TicketsAsync(), Has.Count.EqualTo(1), "none is left of it");
    }

    [Test]
    public async Task Start_SkippedSlotThatRanBefore_IsAlreadyStarted()
    {
        await StartAsync("plan");
        await EndAsync("plan");
        await StartAgainAsync(OverlapPolicy.Queue);

        var result = await _setup.Starter.StartAsync(_client, Request("plan") with { Overlap = OverlapPolicy.Skip }, CancellationToken.None);

        Assert.That(result.Outcome, Is.EqualTo(StartOutcome.AlreadyStarted));
    }

    [TestCase(TenantStatus.Suspended)]
    [TestCase(TenantStatus.Deleting)]
    public async Task Start_TenantIsNotActive_IsRefusedWithTheReason(TenantStatus status)
    {
        await _setup.ChangeTenantAsync(_tenant, tenant => tenant with { Status = status });

        var result = await StartOneAsync("one");

        Assert.That(result.Outcome, Is.EqualTo(StartOutcome.Refused));
        Assert.That(result.Reason, Does.Contain(status == TenantStatus.Suspended ? "suspended" : "deleted"));
        Assert.That(await TicketsAsync(), Is.Empty);
    }

    [Test]
    public async Task Start_NoSuchTenant_IsRefused()
    {
        var request = Request("one") with { Plan = PlanOf("one") with { TenantId = TestStorage.NewTenant() } };

        Assert.That((await _setup.Starter.StartAsync(_client, request, CancellationToken.None)).Outcome, Is.EqualTo(StartOutcome.Refused));
    }

    [Test]
    public async Task Start_TenantStoresTooMuch_IsRefusedWithTheReason()
    {
        await _setup.ChangeTenantAsync(_tenant, tenant => tenant with { Limits = tenant.Limits with { MaxStoredBytes = 999 } });
        await _setup.Counters.TakeAsync(_tenant, "stored-bytes", "now", 1_000, long.MaxValue, CancellationToken.None);

        var result = await StartOneAsync("one");

        Assert.That(result.Outcome, Is.EqualTo(StartOutcome.Refused));
        Assert.That(result.Reason, Does.Contain("1000").And.Contains("999"));
    }

    [Test]
    public async Task Suspend_RunsWait_NoneOfThemStartsUntilItIsOver()
    {
        await StartAsync("one", "two", "three");
        await _setup.ChangeTenantAsync(_tenant, tenant => tenant with { Status = TenantStatus.Suspended });
        await EndAsync("one");
        var suspended = Started();

        await _setup.ChangeTenantAsync(_tenant, tenant => tenant with { Status = TenantStatus.Active });
        await RepairAsync();

        Assert.That(suspended, Has.Count.EqualTo(2));
        Assert.That(Started(), Is.EqualTo(new[] { "one", "two", "three" }));
    }

    [Test]
    public async Task Cancel_RunWaits_NeverStarts()
    {
        await StartAsync("one", "two", "three", "four");

        var isCancelled = await CancelAsync("three");
        await EndAsync("one");

        var row = await _setup.Runs.FindAsync(Id("three"), CancellationToken.None);
        Assert.That(isCancelled, Is.True);
        Assert.That((row!.Status, row.FinishedUtc, row.IsLineageComplete), Is.EqualTo((RunStatus.Cancelled, (DateTimeOffset?)_clock.GetUtcNow(), true)));
        Assert.That(Started(), Is.EqualTo(new[] { "one", "two", "four" }));
    }

    [Test]
    public async Task Cancel_RunGoesOnOrIsUnknown_IsLeftToItsFlag()
    {
        await StartAsync("one");

        Assert.That(await CancelAsync("one"), Is.False);
        Assert.That(await CancelAsync("nosuchplan"), Is.False);
        Assert.That(await TicketsAsync(), Has.Count.EqualTo(1));
        Assert.That(await _setup.Blobs.ExistsAsync(_tenant, BlobNames.CancelFlag(Id("one")), CancellationToken.None), Is.True);
    }

    [Test]
    public async Task Cancel_WorkerStoppedBetweenTicketAndRow_SecondTimeEndsTheRun()
    {
        await StartAsync("one", "two", "three");
        await _setup.Pools.ApplyAsync(TestPool(), new TicketRelease(Id("three").Value), CancellationToken.None);

        Assert.That(await CancelAsync("three"), Is.True);
        Assert.That(await StatusAsync("three"), Is.EqualTo(RunStatus.Cancelled));
    }

    [Test]
    public async Task ListActive_SomeRunAndSomeWait_AreThoseThatHaveTheirPlace()
    {
        await StartAsync("one", "two", "three");

        var active = await _setup.Queue.ListActiveAsync(_tenant, CancellationToken.None);

        Assert.That(active.Select(run => run.RunId), Is.EquivalentTo(new[] { Id("one"), Id("two") }));
        Assert.That(active.Select(run => run.SinceUtc), Is.All.InRange(Slot.AddSeconds(20), _clock.GetUtcNow()));
    }

    [Test]
    public async Task Start_LimitIsRaised_RepairStartsThoseThatWait()
    {
        await StartAsync("one", "two", "three", "four", "five");
        await _setup.ChangeTenantAsync(_tenant, tenant => tenant with { Limits = tenant.Limits with { MaxActiveRuns = 4 } });

        await RepairAsync();

        Assert.That(Started(), Is.EqualTo(new[] { "one", "two", "three", "four" }));
    }

    [Test]
    public async Task Crash_BeforeTheRow_RepairFreesThePlace()
    {
        var request = new TicketRequest(new Ticket { Id = Id("ghost").Value, TenantId = _tenant }, TenantShare.Unbounded);
        await _setup.Pools.ApplyAsync(TestPool(), request, CancellationToken.None);
        await StartAsync("one", "two");
        await RepairAsync();
        var early = Started();

        _clock.Advance(TimeSpan.FromMinutes(3));
        await RepairAsync();

        Assert.That(early, Is.EqualTo(new[] { "one" }), "the row may be on its way");
        Assert.That(Started(), Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public async Task Crash_BeforeTheRow_SameRequestAgainGoesOn()
    {
        var request = new TicketRequest(new Ticket { Id = Id("one").Value, TenantId = _tenant }, TenantShare.Unbounded);
        await _setup.Pools.ApplyAsync(TestPool(), request, CancellationToken.None);

        Assert.That((await StartOneAsync("one")).Outcome, Is.EqualTo(StartOutcome.Started));
        Assert.That(await TicketsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Crash_BeforeTheOrchestration_RepairStartsIt()
    {
        _client.Failing = _ => (new TimeoutException("no answer"), IsBefore: true);
        Assert.That(() => StartOneAsync("one"), Throws.TypeOf<TimeoutException>());
        _client.Failing = _ => null;

        await RepairAsync();
        await RepairAsync();

        Assert.That(Started(), Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public async Task Crash_BetweenGrantAndStartOfTheNext_RepairStartsIt()
    {
        await StartAsync("one", "two", "three");
        _client.Failing = _ => (new TimeoutException("no answer"), IsBefore: true);
        await EndAsync("one");
        _client.Failing = _ => null;
        var before = Started();

        await RepairAsync();

        Assert.That((before.Count, Started().Count), Is.EqualTo((2, 3)));
    }

    [Test]
    public async Task Crash_BeforeThePlaceOfAClosedRunWasFreed_RepairFreesIt()
    {
        await StartAsync("one", "two", "three");
        await _setup.Runs.UpdateAsync(Id("one"), row => row with { Status = RunStatus.Completed }, CancellationToken.None);

        await RepairAsync();

        Assert.That(Started(), Is.EqualTo(new[] { "one", "two", "three" }));
    }

    [TestCase(OrchestrationRuntimeStatus.Terminated, true)]
    [TestCase(OrchestrationRuntimeStatus.Failed, true)]
    [TestCase(OrchestrationRuntimeStatus.Completed, false)]
    [TestCase(OrchestrationRuntimeStatus.Running, false)]
    [TestCase(OrchestrationRuntimeStatus.Suspended, false)]
    public async Task Repair_OrchestrationEndedWithoutItsClosingRecord_FreesThePlace(OrchestrationRuntimeStatus status, bool isFreed)
    {
        await StartAsync("one", "two", "three");
        await _setup.Runs.UpdateAsync(Id("one"), row => row with { Status = RunStatus.Running }, CancellationToken.None);
        _client.End(Id("one").Value, status);

        await RepairAsync();

        Assert.That(Started(), Has.Count.EqualTo(isFreed ? 3 : 2));
    }

    [Test]
    public async Task Repair_LongRun_IsLookedAtEveryFiveMinutes()
    {
        await StartAsync("one", "two", "three");
        _clock.Advance(TimeSpan.FromHours(1));
        await _setup.Runs.UpdateAsync(Id("one"), row => row with { Status = RunStatus.Completed }, CancellationToken.None);
        for (var minute = 0; minute < 5; minute++)
        {
            await RepairAsync();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(Started(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Repair_RunOfAnotherHub_IsLeftToIt()
    {
        await StartAsync("one");
        await using var other = new StartRecorder("other");

        await _setup.Repair.RunAsync(other, _tenant, CancellationToken.None);

        Assert.That(await TicketsAsync(), Has.Count.EqualTo(1));
        Assert.That(other.Starts, Is.Empty);
    }

    [Test]
    public async Task Leave_NextRunIsOfAnotherHub_IsStartedByThatHubsRepair()
    {
        await StartAsync("one", "two");
        await using var other = new StartRecorder("other");
        await _setup.Starter.StartAsync(other, Request("three"), CancellationToken.None);
        await EndAsync("one");
        var before = other.Starts.Count;

        await _setup.Repair.RunAsync(other, _tenant, CancellationToken.None);

        Assert.That((before, other.Starts.Count, _client.Starts.Count), Is.EqualTo((0, 1, 2)));
    }

    [Test]
    public async Task Start_SixtyFourAtOnceOnTwoWorkers_KeepsTheBoundAndStartsAllInTheEnd()
    {
        await _setup.ChangeTenantAsync(_tenant, tenant => tenant with { Limits = tenant.Limits with { MaxActiveRuns = 5 } });
        await using var secondStorage = await TestStorage.CreateAsync(_clock);
        StarterSetup[] workers = [_setup, new StarterSetup(secondStorage, _clock)];

        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => workers[i % 2].Starter.StartAsync(_client, Request($"plan{i}"), CancellationToken.None)));
        var most = Started().Count;
        for (var ended = 0; ended < 64; ended++)
        {
            await RepairAsync();
            await workers[ended % 2].Queue.LeaveAsync(_client, RunId.Parse(_client.Starts.ElementAt(ended).InstanceId), CancellationToken.None);
        }

        Assert.That(most, Is.EqualTo(5));
        Assert.That(Started(), Is.Unique.And.Count.EqualTo(64));
        Assert.That(await TicketsAsync(), Is.Empty);
    }

    private static RunRequest RequestOf(Plan plan, int priority) =>
        new() { Plan = plan, SlotUtc = Slot, Trigger = new RunTrigger(RunTriggerKind.Request), Priority = priority };

    private AdmissionPool TestPool() => new(AdmissionNames.Runs(_tenant), 2, TimeSpan.MaxValue, TimeSpan.MaxValue);

    private RunId Id(string plan) => new(_tenant, PlanId.Parse(plan), Slot);

    private Plan PlanOf(string plan) =>
        new()
        {
            TenantId = _tenant,
            PlanId = PlanId.Parse(plan),
            Platform = "generic-shop",
            Kind = CrawlKind.Products,
            Sites = [new PlanSite(new Uri($"https://{plan}.example/"))],
            Limits = new PlanLimits { BatchSize = 77 },
        };

    private RunRequest Request(string plan, int priority = 5) => RequestOf(PlanOf(plan), priority);

    private Task<StartResult> StartOneAsync(string plan, int priority = 5) => _setup.Starter.StartAsync(_client, Request(plan, priority), CancellationToken.None);

    private async Task StartAsync(string plan, int priority) => await StartOneAsync(plan, priority);

    private async Task<List<StartOutcome>> StartAsync(params string[] plans)
    {
        var outcomes = new List<StartOutcome>();
        foreach (var plan in plans)
        {
            outcomes.Add((await StartOneAsync(plan)).Outcome);
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        return outcomes;
    }

    private Task<StartResult> StartAgainAsync(OverlapPolicy overlap, int minutes = 1) =>
        _setup.Starter.StartAsync(_client, Request("plan") with { SlotUtc = Slot.AddMinutes(minutes), Overlap = overlap }, CancellationToken.None);

    /// <summary>As the run's closing record does.</summary>
    private async Task EndAsync(string plan)
    {
        await _setup.Runs.UpdateAsync(Id(plan), row => row with { Status = RunStatus.Completed }, CancellationToken.None);
        await _setup.Queue.LeaveAsync(_client, Id(plan), CancellationToken.None);
    }

    private Task<bool> CancelAsync(string plan) => _setup.Canceller.CancelAsync(_client, Id(plan), CancellationToken.None);

    private Task RepairAsync() => _setup.Repair.RunAsync(_client, _tenant, CancellationToken.None);

    private List<string> Started() => [.. _client.Starts.Select(start => RunId.Parse(start.InstanceId).PlanId.Value)];

    private async Task<RunStatus> StatusAsync(string plan) => (await _setup.Runs.FindAsync(Id(plan), CancellationToken.None))!.Status;

    private async Task<IReadOnlyList<Ticket>> TicketsAsync() => (await _setup.Pools.ReadAsync(AdmissionNames.Runs(_tenant), CancellationToken.None)).Tickets;
}
