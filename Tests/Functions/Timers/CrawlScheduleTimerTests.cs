using Azure.Data.Tables;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Functions;
using Marketline.Functions.Timers;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketline.Tests.Functions.Timers;

public sealed class CrawlScheduleTimerTests
{
    /// <summary>Long ago, so that slots which other tests leave in the index are not due yet.</summary>
    private static readonly DateTimeOffset Slot = new(2001, 2, 3, 4, 15, 0, TimeSpan.Zero);

    private ServiceProvider _storage = null!;
    private TablePlanStore _plans = null!;
    private TableScheduleStore _schedule = null!;
    private ManualTimeProvider _clock = null!;
    private StartRecorder _client = null!;
    private TenantId _tenant;

    [SetUp]
    public async Task SetUp()
    {
        _storage = await TestStorage.CreateAsync();
        _plans = _storage.GetRequiredService<TablePlanStore>();
        _schedule = _storage.GetRequiredService<TableScheduleStore>();
        _clock = new ManualTimeProvider(Slot.AddSeconds(20));
        _client = new StartRecorder();
        _tenant = TestStorage.NewTenant();
    }

    [TearDown]
    public async Task TearDown()
    {
        await foreach (var due in _schedule.ListDueAsync(Slot.AddYears(1), CancellationToken.None))
        {
            await _schedule.RemoveAsync(due, CancellationToken.None);
        }

        await _client.DisposeAsync();
        await _storage.DisposeAsync();
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

        Assert.That(Started(), Is.EqualTo(new[] { new RunId(_tenant, PlanId.Parse("plan"), Slot).Value }));
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
        await _schedule.AddAsync(new DuePlan(_tenant, PlanId.Parse("plan"), Slot), CancellationToken.None);

        await TickAsync();

        Assert.That(Started(), Is.Empty);
        Assert.That(await IndexAsync(), Is.EqualTo(new[] { Slot.AddMinutes(15) }));
    }

    [Test]
    public async Task RunAsync_PlanIsGone_StaleRowGoes()
    {
        await _schedule.AddAsync(new DuePlan(_tenant, PlanId.Parse("gone"), Slot), CancellationToken.None);

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
        await _schedule.AddAsync(new DuePlan(_tenant, PlanId.Parse("plan"), Slot), CancellationToken.None);

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
        await _plans.TryWriteAsync(found!.Plan with { NextDueUtc = Slot }, found.ETag, CancellationToken.None);
        await _schedule.AddAsync(new DuePlan(_tenant, PlanId.Parse("plan"), Slot), CancellationToken.None);

        await TickAsync();

        Assert.That(Started(), Has.Count.EqualTo(1));
        Assert.That((await FindAsync()).NextDueUtc, Is.EqualTo(Slot.AddMinutes(15)));
        Assert.That(await IndexAsync(), Is.EqualTo(new[] { Slot.AddMinutes(15) }));
    }

    [Test]
    public async Task RunAsync_TwoWorkersTickAtOnce_IsOneRun()
    {
        await AddAsync(NewPlan());
        await using var other = await TestStorage.CreateAsync();

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
        var table = _storage.GetRequiredService<TableServiceClient>().GetTableClient(TableNames.Plans);
        await table.UpsertEntityAsync(new TableEntity(_tenant.Value, "plan") { ["Plan"] = "{ no json" });

        await TickAsync();

        Assert.That((Started(), Started([other]).Count), Is.EqualTo((Array.Empty<string>(), 1)));
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
            Schedule = "*/15 * * * *",
            NextDueUtc = Slot,
        };

    private async Task AddAsync(Plan plan)
    {
        await _schedule.AddAsync(new DuePlan(plan.TenantId, plan.PlanId, plan.NextDueUtc!.Value), CancellationToken.None);
        await _plans.TryWriteAsync(plan, null, CancellationToken.None);
    }

    private Task TickAsync(IServiceProvider? storage = null, CancellationToken cancellationToken = default)
    {
        var services = storage ?? _storage;
        var timer = new CrawlScheduleTimer(
            services.GetRequiredService<TableScheduleStore>(),
            services.GetRequiredService<TablePlanStore>(),
            new RunStarter(services.GetRequiredService<TableRunStore>()),
            _clock,
            NullLogger<CrawlScheduleTimer>.Instance
        );
        return timer.RunAsync(new TimerInfo(), _client, cancellationToken);
    }

    private List<string> Started(IEnumerable<TenantId>? tenants = null)
    {
        var prefixes = (tenants ?? [_tenant]).Select(tenant => tenant.Value).ToList();
        return [.. _client.Starts.Select(start => start.InstanceId).Where(id => prefixes.Any(prefix => id.StartsWith(prefix, StringComparison.Ordinal)))];
    }

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
