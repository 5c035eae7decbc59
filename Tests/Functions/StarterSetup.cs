using Marketline.Activities.Admission;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Functions;

/// <summary>What starts runs on one worker, put together as the app does it.</summary>
internal sealed class StarterSetup
{
    public StarterSetup(IServiceProvider storage, TimeProvider? time = null)
    {
        Time = time ?? TimeProvider.System;
        Runs = storage.GetRequiredService<TableRunStore>();
        Tenants = storage.GetRequiredService<TableTenantStore>();
        Pools = storage.GetRequiredService<BlobAdmissionStore>();
        Counters = storage.GetRequiredService<TableCounterStore>();
        Blobs = storage.GetRequiredService<BlobArtifactStore>();
        Directory = storage.GetRequiredService<TenantDirectory>();
        Launcher = new RunLauncher(Runs);
        Queue = new RunQueue(Pools, Directory, Runs, Launcher, NullLogger<RunQueue>.Instance);
        Repair = new RunQueueRepair(Queue, Runs, Launcher, Time);
        var bounds = new TenantBounds(Directory, new TableAbsence(Time));
        var batches = new BatchAdmission(Pools, bounds, Options.Create(new AdmissionOptions()), Time, NullLogger<BatchAdmission>.Instance);
        Canceller = new RunCanceller(Queue, batches, Blobs, Time);
        Starter = new RunStarter(new TenantStanding(Directory, Counters, Time), Queue, Canceller, Runs, storage.GetRequiredService<TableWatchedRunStore>(), Time);
    }

    public TimeProvider Time { get; }

    public TableRunStore Runs { get; }

    public TableTenantStore Tenants { get; }

    public TableCounterStore Counters { get; }

    public BlobAdmissionStore Pools { get; }

    public BlobArtifactStore Blobs { get; }

    public TenantDirectory Directory { get; }

    public RunLauncher Launcher { get; }

    public RunQueue Queue { get; }

    public RunQueueRepair Repair { get; }

    public RunCanceller Canceller { get; }

    public RunStarter Starter { get; }

    public async Task AddTenantAsync(TenantId tenantId, TenantLimits? limits = null, TenantStatus status = TenantStatus.Active)
    {
        var tenant = new Tenant
        {
            TenantId = tenantId,
            DisplayName = "a tenant",
            CreatedUtc = DateTimeOffset.UnixEpoch,
            Status = status,
            Limits = limits ?? new TenantLimits(),
        };
        await Tenants.TryAddAsync(tenant, CancellationToken.None);
    }

    public async Task ChangeTenantAsync(TenantId tenantId, Func<Tenant, Tenant> change)
    {
        await Tenants.UpdateAsync(tenantId, change, CancellationToken.None);
        Directory.Forget(tenantId);
    }
}
