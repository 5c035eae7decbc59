using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Functions.Timers;

/// <summary>What the schedule's timer makes of slots that passed while nothing ran, of jitter, and of what else a schedule says.</summary>
public sealed class CatchUpTests
{
    /// <summary>Long ago, so that slots which other tests leave in the index are not due yet.</summary>
    private static readonly DateTimeOffset Slot = new(2001, 3, 4, 5, 0, 0, TimeSpan.Zero);

    private SchedulerWorker _worker = null!;
    private ManualTimeProvider _clock = null!;
    private StartRecorder _client = null!;
    private TenantId _tenant;

    [SetUp]
    public async Task SetUp()
    {
        _clock = new ManualTimeProvider(Slot);
        _worker = await SchedulerWorker.StartAsync(_clock);
        _client = new StartRecorder();
        _tenant = TestStorage.NewTenant();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _worker.ClearAsync(Slot.AddYears(1));
        await _client.DisposeAsync();
        await _worker.DisposeAsync();
    }

    [TestCase(CatchUpPolicy.Latest, (int[])[5], SkipReason.Superseded, 5)]
    [TestCase(CatchUpPolicy.None, (int[])[], SkipReason.Missed, 6)]
    [TestCase(CatchUpPolicy.All, (int[])[2, 3, 4, 5], SkipReason.TooMany, 2)]
    public async Task RunAsync_SixSlotsPassed_RunsAsThePolicySays(CatchUpPolicy policy, int[] hours, SkipReason reason, int skipped)
    {
        await _worker.AddAsync(NewPlan(new PlanSchedule { Cron = "0 * * * *", CatchUp = policy, MaxCatchUp = 4, Overlap = OverlapPolicy.Allow }));
        _clock.Advance(TimeSpan.FromHours(5.5));

        await _worker.TickAsync(_client);

        var plan = await FindAsync();
        Assert.That(Slots(), Is.EqualTo(hours.Select(hour => Slot.AddHours(hour))));
        Assert.That((plan.LastSkip!.Reason, plan.LastSkip.Count, plan.LastSkip.NotedUtc), Is.EqualTo((reason, skipped, _clock.GetUtcNow())));
        Assert.That((plan.NextDueUtc, await IndexAsync()), Is.EqualTo(((DateTimeOffset?)Slot.AddHours(6), (DateTimeOffset[])[Slot.AddHours(6)])));
    }

    [Test]
    public async Task RunAsync_EverySecondAndATickASecond_RunsEachSlot()
    {
        await _worker.AddAsync(NewPlan(new PlanSchedule { EverySeconds = 1, Overlap = OverlapPolicy.Allow }));

        for (var i = 0; i < 5; i++)
        {
            await _worker.TickAsync(_client);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(Slots(), Is.EqualTo(Enumerable.Range(0, 5).Select(i => Slot.AddSeconds(i))));
        Assert.That((await FindAsync()).LastSkip, Is.Null);
    }

    [Test]
    public async Task RunAsync_Jitter_StartsLaterUnderTheSlotsOwnName()
    {
        var plan = NewPlan(new PlanSchedule { Cron = "0 * * * *", JitterSeconds = 1_800 });
        var start = Marketline.Core.Schedules.PlanSlots.Due(plan)!.StartUtc;
        await _worker.AddAsync(plan);
        _clock.Advance(start - Slot - TimeSpan.FromSeconds(1));
        await _worker.TickAsync(_client);
        var before = Slots();

        _clock.Advance(TimeSpan.FromSeconds(1));
        await _worker.TickAsync(_client);

        Assert.That(start, Is.GreaterThan(Slot), "else the test shows nothing");
        Assert.That((before, Slots()), Is.EqualTo((Array.Empty<DateTimeOffset>(), (DateTimeOffset[])[Slot])));
    }

    [Test]
    public async Task RunAsync_WorkerDiedOnTheWayToTheLastSlot_ThatOneRunsOnce()
    {
        await _worker.AddAsync(NewPlan(new PlanSchedule { Cron = "0 * * * *", Overlap = OverlapPolicy.Allow }));
        _clock.Advance(TimeSpan.FromHours(2.5));
        _client.Failing = id => id.StartsWith(_tenant.Value, StringComparison.Ordinal) ? (new InvalidOperationException(), true) : null;
        await _worker.TickAsync(_client);
        _client.Failing = _ => null;
        _clock.Advance(TimeSpan.FromHours(1));

        await _worker.TickAsync(_client);

        Assert.That(Slots(), Is.EqualTo((DateTimeOffset[])[Slot.AddHours(3)]));
    }

    [Test]
    public async Task RunAsync_DeadlineAndOverlap_ReachTheRun()
    {
        await _worker.AddAsync(NewPlan(new PlanSchedule { Cron = "0 * * * *", DeadlineSeconds = 600, StuckAfterSeconds = 60 }));

        await _worker.TickAsync(_client);

        var runId = new RunId(_tenant, PlanId.Parse("plan"), Slot);
        var row = await _worker.Get<TableRunStore>().FindAsync(runId, CancellationToken.None);
        var active = await _worker.Get<TableWatchedRunStore>().FindAsync(runId, CancellationToken.None);
        Assert.That((row!.DeadlineUtc, active!.Run.DeadlineUtc), Is.EqualTo(((DateTimeOffset?)Slot.AddMinutes(10), (DateTimeOffset?)Slot.AddMinutes(10))));
        Assert.That((active.Run.StuckAfterSeconds, active.Run.TaskHub), Is.EqualTo(((int?)60, _client.Name)));
    }

    private Plan NewPlan(PlanSchedule schedule) =>
        new()
        {
            TenantId = _tenant,
            PlanId = PlanId.Parse("plan"),
            Platform = "generic-shop",
            Kind = CrawlKind.Products,
            Sites = [new PlanSite(new Uri("https://shop.example/"))],
            Schedule = schedule,
            NextDueUtc = Slot,
        };

    private List<DateTimeOffset> Slots() =>
        [.. _client.Starts.Select(start => RunId.Parse(start.InstanceId)).Where(id => id.TenantId == _tenant).Select(id => id.ScheduledUtc)];

    private async Task<Plan> FindAsync() =>
        (await _worker.Get<TablePlanStore>().FindAsync(_tenant, PlanId.Parse("plan"), CancellationToken.None))!.Plan;

    private async Task<DateTimeOffset[]> IndexAsync() =>
        await _worker.Get<TableScheduleStore>()
            .ListDueAsync(Slot.AddYears(1), CancellationToken.None)
            .Where(due => due.TenantId == _tenant)
            .Select(due => due.DueUtc)
            .ToArrayAsync();
}
