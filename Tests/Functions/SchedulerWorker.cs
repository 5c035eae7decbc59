using Marketline.Activities.Admission;
using Marketline.Core.Plans;
using Marketline.Core.Schedules;
using Marketline.Core.Tenants;
using Marketline.Functions;
using Marketline.Functions.Timers;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketline.Tests.Functions;

/// <summary>The app's timers as one worker runs them, over the emulator. Two of these are two workers, each with caches of its own.</summary>
internal sealed class SchedulerWorker : IAsyncDisposable
{
    private readonly ServiceProvider _storage;

    private SchedulerWorker(ServiceProvider storage, TimeProvider time)
    {
        _storage = storage;
        var setup = new StarterSetup(storage, time);
        var starter = setup.Starter;
        var pauses = new PlanPauses(Get<TenantDirectory>(), Get<TablePauseStore>(), Get<TableScheduleStore>());
        var slots = new SlotStarter(Get<TableScheduleStore>(), Get<TablePlanStore>(), pauses, starter, time, NullLogger<SlotStarter>.Instance);
        var watch = new RunWatch(Get<TableRunStore>(), setup.Launcher, setup.Queue, Get<RunAlerts>(), time, NullLogger<RunWatch>.Instance);
        Starter = starter;
        Queue = setup.Queue;
        Plans = new PlanWriter(Get<TablePlanStore>(), Get<TableScheduleStore>(), time);
        Schedule = new CrawlScheduleTimer(Get<TableScheduleStore>(), slots, time, NullLogger<CrawlScheduleTimer>.Instance);
        Watch = new WatchRunsTimer(Get<TableWatchedRunStore>(), watch, pauses, time, NullLogger<WatchRunsTimer>.Instance);
    }

    public RunStarter Starter { get; }

    public RunQueue Queue { get; }

    public PlanWriter Plans { get; }

    public CrawlScheduleTimer Schedule { get; }

    public WatchRunsTimer Watch { get; }

    public static async Task<SchedulerWorker> StartAsync(TimeProvider time) => new(await TestStorage.CreateAsync(time), time);

    public T Get<T>()
        where T : notnull => _storage.GetRequiredService<T>();

    public Task TickAsync(DurableTaskClient client, CancellationToken cancellationToken = default) =>
        Schedule.RunAsync(new TimerInfo(), client, cancellationToken);

    public Task WatchAsync(DurableTaskClient client) => Watch.RunAsync(new TimerInfo(), client, CancellationToken.None);

    /// <summary>Adds a plan as it is, with its tenant and its row in the index.</summary>
    public async Task AddAsync(Plan plan)
    {
        var tenant = new Tenant { TenantId = plan.TenantId, DisplayName = "Test", CreatedUtc = DateTimeOffset.UnixEpoch, Limits = new TenantLimits { MaxActiveRuns = 10_000 } };
        await Get<TableTenantStore>().TryAddAsync(tenant, CancellationToken.None);
        await Get<TableScheduleStore>().AddAsync(PlanSlots.Due(plan)!, CancellationToken.None);
        await Get<TablePlanStore>().WriteAsync(plan, null, CancellationToken.None);
    }

    /// <summary>Empties the index up to a time, for the tests that follow.</summary>
    public async Task ClearAsync(DateTimeOffset utc)
    {
        await foreach (var due in Get<TableScheduleStore>().ListDueAsync(utc, CancellationToken.None))
        {
            await Get<TableScheduleStore>().RemoveAsync(due, CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();
}
