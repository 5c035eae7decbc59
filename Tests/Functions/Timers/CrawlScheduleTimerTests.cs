using Azure.Data.Tables;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Functions.Timers;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Functions.Timers;

public sealed class CrawlScheduleTimerTests
{
    /// <summary>Long ago, so that slots which other tests leave in the index are not due yet.</summary>
    private static readonly DateTimeOffset Slot = new(2001, 2, 3, 4, 15, 0, TimeSpan.Zero);

    private SchedulerWorker _worker = null!;
    private TablePlanStore _plans = null!;
    private TableScheduleStore _schedule = null!;
    private ManualTimeProvider _clock = null!;
    private StartRecorder _client = null!;
    private TenantId _tenant;

    [SetUp]
    public async Task SetUp()
    {
        _clock = new ManualTimeProvider(Slot.AddSeconds(20));
        _worker = await SchedulerWorker.StartAsync(_clock);
        _plans = _worker.Get<TablePlanStore>();
        _schedule = _worker.Get<TableScheduleStore>();
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

    [Test]
    public async Task RunAsync_SlotHasCome_StartsARunForItAndMovesTheCursorOn()
    {
        await AddAsync(NewPlan());

        await TickAsync();

        Assert.That(Started(), Is.EqualTo(new[] { new RunId(_tenant, PlanId.Parse("plan"), Slot).Value }));
        Assert.That((await FindAsync()).NextDueUtc, Is.EqualTo(Slot.AddMinutes(15)));
        Assert.That(await IndexAsync(), Is.EqualTo(new[] { Slot.AddMinutes(15) }));
    }

    [Test]
    public async Task RunAsync_NextTickOfTheSameSlot_StartsNothing()
    {
        await AddAsync(NewPlan());
        await TickAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));

        await TickAsync();

        Assert.That(Started(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_SlotIsYetToCome_StartsNothing()
    {
        await AddAsync(NewPlan() with { NextDueUtc = Slot.AddMinutes(15) });

        await TickAsync();

        Assert.That(Started(), Is.Empty);
        Assert.That(await IndexAsync(), Is.EqualTo(new[] { Slot.AddMinutes(15) }));
    }

    [Test]
    public async Task RunAsync_ManySlotsWereMissed_IsOneRunAndTheNextIsAhead()
    {
        await AddAsync(NewPlan());
        _clock.Advance(TimeSpan.FromHours(5));

        await TickAsync();

        Assert.That(Started(), Is.EqualTo(new[] { new RunId(_tenant, PlanId.Parse("plan"), Slot.AddHours(5)).Value }));
        Assert.That((await FindAsync()).NextDueUtc, Is.EqualTo(Slot.AddHours(5).AddMinutes(15)));
    }

    [Test]
    public async Task RunAsync_PlanIsPaused_StartsNothingAndForgetsTheSlot()
    {
        await AddAsync(NewPlan() with { IsPaused = true });

        await TickAsync();

        Assert.That(Started(), Is.Empty);
        Assert.That(await IndexAsync(), Is.Empty);
    }

    [Test]
    public async Task RunAsync_PlanWaitsForAnotherSlotByNow_StaleRowGoes()
    {
        await AddAsync(NewPlan() with { NextDueUtc = Slot.AddMinutes(15) });
        await _schedule.AddAsync(new DuePlan(_tenant, PlanId.Parse("plan"), Slot, Slot), CancellationToken.None);

        await TickAsync();

        Assert.That(Started(), Is.Empty);
        Assert.That(await IndexAsync(), Is.EqualTo(new[] { Slot.AddMinutes(15) }));
    }

    [Test]
    public async Task RunAsync_PlanIsGone_StaleRowGoes()
    {
        await _schedule.AddAsync(new DuePlan(_tenant, PlanId.Parse("gone"), Slot, Slot), CancellationToken.None);

        await TickAsync();

        Assert.That(Started(), Is.Empty);
        Assert.That(await IndexAsync(), Is.Empty);
    }

    [Test]
    public async Task RunAsync_PlanHasNoScheduleAnyMore_RunsOnceAndIsNotPlannedAgain()
    {
        await AddAsync(NewPlan() with { Schedule = null });

        await TickAsync();

        Assert.That(Started(), Has.Count.EqualTo(1));
        Assert.That((await FindAsync()).NextDueUtc, Is.Null);
        Assert.That(await IndexAsync(), Is.Empty);
    }

    [Test]
    public async Task RunAsync_WorkerDiedBeforeItRemovedTheRow_NextTickIsHarmless()
    {
        await AddAsync(NewPlan());
        await TickAsync();
        await _schedule.AddAsync(new DuePlan(_tenant, PlanId.Parse("plan"), Slot, Slot), CancellationToken.None);

        await TickAsync();

        Assert.That(Started(), Has.Count.EqualTo(1));
        Assert.That(await IndexAsync(), Is.EqualTo(new[] { Slot.AddMinutes(15) }));
    }

    [Test]
    public async Task RunAsync_WorkerDiedBeforeItMovedTheCursor_NextTickStartsNoSecondRun()
    {
        await AddAsync(NewPlan());
        await TickAsync();
        var found = await _plans.FindAsync(_tenant, PlanId.Parse("plan"), CancellationToken.None);
        await _plans.WriteAsync(found!.Plan with { NextDueUtc = Slot }, found.ETag, CancellationToken.None);
        await _schedule.AddAsync(new DuePlan(_tenant, PlanId.Parse("plan"), Slot, Slot), CancellationToken.None);

        await TickAsync();

        Assert.That(Started(), Has.Count.EqualTo(1));
        Assert.That((await FindAsync()).NextDueUtc, Is.EqualTo(Slot.AddMinutes(15)));
        Assert.That(await IndexAsync(), Is.EqualTo(new[] { Slot.AddMinutes(15) }));
    }

    [Test]
    public async Task RunAsync_TwoWorkersTickAtOnce_IsOneRun()
    {
        await AddAsync(NewPlan());
        await using var other = await SchedulerWorker.StartAsync(_clock);

        await Task.WhenAll(TickAsync(), TickAsync(other));

        Assert.That(Started(), Has.Count.EqualTo(1));
        Assert.That((await FindAsync()).NextDueUtc, Is.EqualTo(Slot.AddMinutes(15)));
        Assert.That(await IndexAsync(), Is.EqualTo(new[] { Slot.AddMinutes(15) }));
    }

    [TestCase(typeof(InvalidOperationException))]
    [TestCase(typeof(TaskCanceledException))]
    public async Task RunAsync_OneTenantFails_TheOthersRunAndItsSlotStays(Type failure)
    {
        var others = Enumerable.Range(0, 5).Select(_ => TestStorage.NewTenant()).ToList();
        foreach (var tenant in others.Append(_tenant))
        {
            await AddAsync(NewPlan() with { TenantId = tenant });
        }

        _client.Failing = id => id.StartsWith(_tenant.Value, StringComparison.Ordinal) ? ((Exception)Activator.CreateInstance(failure)!, true) : null;
        await TickAsync();
        var started = Started(others);
        _client.Failing = _ => null;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await TickAsync();

        Assert.That(started, Has.Count.EqualTo(5));
        Assert.That(Started(), Is.EqualTo(new[] { new RunId(_tenant, PlanId.Parse("plan"), Slot).Value }));
    }

    [Test]
    public async Task RunAsync_OneTenantsPlanIsUnreadable_TheOthersRun()
    {
        var other = TestStorage.NewTenant();
        await AddAsync(NewPlan());
        await AddAsync(NewPlan() with { TenantId = other });
        var table = _worker.Get<TableServiceClient>().GetTableClient(TableNames.Plans);
        await table.UpsertEntityAsync(new TableEntity(_tenant.Value, "plan") { ["Plan"] = "{ no json" });

        await TickAsync();

        Assert.That((Started(), Started([other]).Count), Is.EqualTo((Array.Empty<string>(), 1)));
    }

    [Test]
    public async Task RunAsync_SlotCanNotBeStarted_ComesUpLaterAndLater()
    {
        await AddAsync(NewPlan());
        _client.Failing = id => IsOf(id, _tenant) ? (new InvalidOperationException(), true) : null;

        var starts = new List<double>();
        for (var i = 0; i < 4; i++)
        {
            await TickAsync();
            var row = await _schedule.ListDueAsync(Slot.AddYears(1), CancellationToken.None).SingleAsync(due => due.TenantId == _tenant);
            starts.Add((row.StartUtc - _clock.GetUtcNow()).TotalSeconds);
            _clock.Advance(row.StartUtc - _clock.GetUtcNow());
        }

        Assert.That(starts, Is.EqualTo((double[])[1, 2, 4, 8]));
    }

    [Test]
    public async Task RunAsync_RowOfTheFirstVersion_StartsAndGoes()
    {
        await AddAsync(NewPlan());
        await _worker.ClearAsync(Slot.AddYears(1));
        var table = _worker.Get<TableServiceClient>().GetTableClient(TableNames.Schedule);
        var row = new TableEntity("due-15", TableKeys.ScheduleRow(Slot, _tenant, PlanId.Parse("plan")))
        {
            ["TenantId"] = _tenant.Value,
            ["PlanId"] = "plan",
            ["DueUtc"] = Slot,
        };
        await table.AddEntityAsync(row);

        await TickAsync();

        Assert.That(Started(), Has.Count.EqualTo(1));
        Assert.That(await IndexAsync(), Is.EqualTo(new[] { Slot.AddMinutes(15) }));
    }

    [Test]
    public void ByTurns_OneTenantHasManySlots_TheOthersDoNotWaitForThem()
    {
        TenantId[] tenants = [.. Enumerable.Repeat(_tenant, 80), TenantId.Parse("small"), TenantId.Parse("other"), TenantId.Parse("small")];
        var due = tenants.Select((tenant, i) => new DuePlan(tenant, PlanId.Parse($"plan{i}"), Slot, Slot));

        var order = CrawlScheduleTimer.ByTurns(due).Select(slot => slot.PlanId.Value).ToList();

        Assert.That(order.Take(5), Is.EqualTo((string[])["plan0", "plan80", "plan81", "plan1", "plan82"]));
        Assert.That(order, Has.Count.EqualTo(83));
    }

    [Test]
    public async Task RunAsync_HostStops_Stops()
    {
        await AddAsync(NewPlan());

        Assert.That(() => TickAsync(cancellationToken: new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Started(), Is.Empty);
    }

    private Plan NewPlan() =>
        new()
        {
            TenantId = _tenant,
            PlanId = PlanId.Parse("plan"),
            Platform = "generic-shop",
            Kind = CrawlKind.Products,
            Sites = [new PlanSite(new Uri("https://shop.example/"))],
            Schedule = new PlanSchedule { Cron = "*/15 * * * *" },
            NextDueUtc = Slot,
        };

    private Task AddAsync(Plan plan) => _worker.AddAsync(plan);

    private Task TickAsync(SchedulerWorker? worker = null, CancellationToken cancellationToken = default) =>
        (worker ?? _worker).TickAsync(_client, cancellationToken);

    private List<string> Started(IEnumerable<TenantId>? tenants = null)
    {
        var prefixes = (tenants ?? [_tenant]).Select(tenant => tenant.Value).ToList();
        return [.. _client.Starts.Select(start => start.InstanceId).Where(id => prefixes.Any(prefix => id.StartsWith(prefix, StringComparison.Ordinal)))];
    }

    private static bool IsOf(string instanceId, TenantId tenant) => instanceId.StartsWith(tenant.Value, StringComparison.Ordinal);

    private async Task<Plan> FindAsync() => (await _plans.FindAsync(_tenant, PlanId.Parse("plan"), CancellationToken.None))!.Plan;

    /// <summary>The tenant's slots in the index.</summary>
    private async Task<List<DateTimeOffset>> IndexAsync()
    {
        var slots = new List<DateTimeOffset>();
        await foreach (var due in _schedule.ListDueAsync(Slot.AddYears(1), CancellationToken.None))
        {
            if (due.TenantId == _tenant)
            {
                slots.Add(due.DueUtc);
            }
        }

        return slots;
    }
}
