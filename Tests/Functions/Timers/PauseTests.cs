using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Tenants;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Functions.Timers;

/// <summary>Pauses of tenants and platforms hold slots back without costing a read at each tick, and let them go when they end.</summary>
public sealed class PauseTests
{
    private static readonly DateTimeOffset Slot = new(2001, 5, 6, 7, 0, 0, TimeSpan.Zero);

    private readonly string _platform = "shop-" + Guid.NewGuid().ToString("N");

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
        await _worker.AddAsync(NewPlan());
    }

    [TearDown]
    public async Task TearDown()
    {
        await _worker.ClearAsync(Slot.AddYears(1));
        await Pauses.ResumeAsync(_platform, default);
        await _client.DisposeAsync();
        await _worker.DisposeAsync();
    }

    private TablePauseStore Pauses => _worker.Get<TablePauseStore>();

    [TestCase(TenantStatus.Suspended)]
    [TestCase(TenantStatus.Deleting)]
    public async Task RunAsync_TenantIsNotActive_StartsNothingAndLeavesTheIndex(TenantStatus status)
    {
        await SetAsync(status);

        await _worker.TickAsync(_client);

        Assert.That((Slots(), await IndexCountAsync()), Is.EqualTo((Array.Empty<DateTimeOffset>(), 0)));
    }

    [Test]
    public async Task RunAsync_TenantIsActiveAgain_GoesOnAsCatchUpSays()
    {
        await SetAsync(TenantStatus.Suspended);
        await _worker.TickAsync(_client);
        _clock.Advance(TimeSpan.FromHours(3.5));
        await _worker.WatchAsync(_client);
        await _worker.TickAsync(_client);
        var during = Slots();

        await SetAsync(TenantStatus.Active);
        _clock.Advance(TenantDirectory.CacheTime);
        await _worker.WatchAsync(_client);
        await _worker.TickAsync(_client);

        Assert.That((during, Slots()), Is.EqualTo((Array.Empty<DateTimeOffset>(), (DateTimeOffset[])[Slot.AddHours(3)])));
        Assert.That(await ParkedAsync(), Is.Empty);
    }

    [Test]
    public async Task RunAsync_TenantIsGone_ForgetsItsSlots()
    {
        await SetAsync(TenantStatus.Deleting);
        await _worker.TickAsync(_client);
        await _worker.Get<TableTenantStore>().RemoveAsync(_tenant, default);
        _clock.Advance(TenantDirectory.CacheTime);

        await _worker.WatchAsync(_client);

        Assert.That((await ParkedAsync(), await IndexCountAsync()), Is.EqualTo((Array.Empty<PauseScope>(), 0)));
    }

    [Test]
    public async Task RunAsync_PlatformIsPaused_HoldsItsPlansOnly()
    {
        var other = TestStorage.NewTenant();
        await _worker.AddAsync(NewPlan() with { TenantId = other, Platform = "other" + _platform });
        await Pauses.PauseAsync(new PlatformPause { Platform = _platform, SinceUtc = Slot, Reason = "blocked" }, default);

        await _worker.TickAsync(_client);

        Assert.That((Slots(), Slots(other)), Is.EqualTo((Array.Empty<DateTimeOffset>(), (DateTimeOffset[])[Slot])));
        Assert.That(await ParkedAsync(), Is.EqualTo((PauseScope[])[PauseScope.Of(_platform)]));
    }

    [Test]
    public async Task RunAsync_PlatformIsResumed_ItsSlotsComeBack()
    {
        await Pauses.PauseAsync(new PlatformPause { Platform = _platform, SinceUtc = Slot }, default);
        await _worker.TickAsync(_client);

        var isResumed = await Pauses.ResumeAsync(_platform, default);
        await _worker.WatchAsync(_client);
        await _worker.TickAsync(_client);

        Assert.That((isResumed, Slots()), Is.EqualTo((true, (DateTimeOffset[])[Slot])));
    }

    [Test]
    public async Task RunAsync_AnotherWorkerPausesAPlatform_IsInForceAfterTheCacheTime()
    {
        await using var other = await SchedulerWorker.StartAsync(_clock);
        await _worker.TickAsync(_client);
        await other.Get<TablePauseStore>().PauseAsync(new PlatformPause { Platform = _platform, SinceUtc = Slot }, default);
        _clock.Advance(TablePauseStore.CacheTime);

        Assert.That(await Pauses.IsPausedAsync(_platform, default), Is.True);
        Assert.That((await Pauses.ListAsync(default)).Select(pause => pause.Platform), Does.Contain(_platform));
    }

    [Test]
    public async Task WriteAsync_PlanIsPausedAndResumed_ItsSlotLeavesAndComesBack()
    {
        var plans = _worker.Get<TablePlanStore>();
        var planId = PlanId.Parse("plan");
        await _worker.Plans.WriteAsync(NewPlan() with { IsPaused = true }, await plans.FindAsync(_tenant, planId, default), default);
        await _worker.TickAsync(_client);
        var (during, left) = (Slots(), await IndexCountAsync());

        await _worker.Plans.WriteAsync(NewPlan(), await plans.FindAsync(_tenant, planId, default), default);
        _clock.Advance(TimeSpan.FromHours(1));
        await _worker.TickAsync(_client);

        Assert.That((during, left, Slots()), Is.EqualTo((Array.Empty<DateTimeOffset>(), 0, (DateTimeOffset[])[Slot.AddHours(1)])));
    }

    [Test]
    public async Task RemoveAsync_PlanIsDeleted_LeavesNoSlot()
    {
        var plans = _worker.Get<TablePlanStore>();
        var found = await plans.FindAsync(_tenant, PlanId.Parse("plan"), default);

        var isStale = await _worker.Plans.RemoveAsync(found! with { ETag = "W/\"other\"" }, default);
        var isRemoved = await _worker.Plans.RemoveAsync(found!, default);

        Assert.That((isStale, isRemoved), Is.EqualTo((false, true)));
        Assert.That((await plans.FindAsync(_tenant, PlanId.Parse("plan"), default), await IndexCountAsync()), Is.EqualTo(((VersionedPlan?)null, 0)));
    }

    private Plan NewPlan() =>
        new()
        {
            TenantId = _tenant,
            PlanId = PlanId.Parse("plan"),
            Platform = _platform,
            Kind = CrawlKind.Products,
            Sites = [new PlanSite(new Uri("https://shop.example/"))],
            Schedule = new PlanSchedule { Cron = "0 * * * *" },
            NextDueUtc = Slot,
        };

    private Task<Tenant?> SetAsync(TenantStatus status) =>
        _worker.Get<TableTenantStore>().UpdateAsync(_tenant, tenant => tenant with { Status = status }, default);

    private DateTimeOffset[] Slots(TenantId? tenant = null) =>
        [.. _client.Starts.Select(start => RunId.Parse(start.InstanceId)).Where(id => id.TenantId == (tenant ?? _tenant)).Select(id => id.ScheduledUtc)];

    private async Task<int> IndexCountAsync() =>
        await _worker.Get<TableScheduleStore>().ListDueAsync(Slot.AddYears(1), default).CountAsync(due => due.TenantId == _tenant);

    /// <summary>This test's own: others use the same emulator.</summary>
    private async Task<PauseScope[]> ParkedAsync() =>
        [.. (await _worker.Get<TableScheduleStore>().ListParkedAsync(default)).Where(scope => scope.TenantId == _tenant || scope.Platform == _platform)];
}
