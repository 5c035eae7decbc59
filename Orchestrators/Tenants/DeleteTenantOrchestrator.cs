using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Marketline.Orchestrators.Tenants;

/// <summary>
/// Deletes a tenant that is marked as such: waits until every worker knows, has its runs end, then removes their histories and
/// all its data. A run that does not end in time is terminated; as an activity of it may still write, the data are removed
/// once more after the longest that an activity takes.
/// </summary>
public sealed class DeleteTenantOrchestrator
{
    /// <summary>Above what workers remember of a tenant and its keys.</summary>
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PollDelay = TimeSpan.FromSeconds(5);

    /// <summary>A cancelled run ends its time box (3 min), then cleans and aggregates what it has.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Above the functions' time-out.</summary>
    private static readonly TimeSpan LongestActivity = TimeSpan.FromMinutes(15);

    [Function(nameof(DeleteTenantOrchestrator))]
    public async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var tenantId = context.GetInput<DeleteTenantInput>()!.TenantId;
        context.SetCustomStatus("waiting for all workers to know");
        await WaitAsync(context, CacheTime);

        context.SetCustomStatus("ending its runs");
        if (!await HaveEndedAsync(context, tenantId))
        {
            context.SetCustomStatus("terminating its runs");
            await TerminateAsync(context, tenantId);
            await RemoveAsync(context, tenantId, isLast: false);
            context.SetCustomStatus("waiting for activities that may still write");
            await WaitAsync(context, LongestActivity);
        }

        context.SetCustomStatus("removing its data");
        await RemoveAsync(context, tenantId, isLast: true);
    }

    private static async Task<bool> HaveEndedAsync(TaskOrchestrationContext context, TenantId tenantId)
    {
        var endUtc = context.UtcNow() + Patience;
        while (await StopAsync(context, tenantId, isForced: false) > 0)
        {
            if (context.UtcNow() >= endUtc)
            {
                return false;
            }

            await WaitAsync(context, PollDelay);
        }

        return true;
    }

    private static async Task TerminateAsync(TaskOrchestrationContext context, TenantId tenantId)
    {
        while (await StopAsync(context, tenantId, isForced: true) > 0)
        {
            await WaitAsync(context, PollDelay);
        }
    }

    private static async Task<int> StopAsync(TaskOrchestrationContext context, TenantId tenantId, bool isForced)
    {
        var input = new StopTenantInput(tenantId, isForced);
        return (await context.CallAsync(TenantContracts.StopTenant, input, Retries.Transient)).RunningCount;
    }

    private static Task<RemoveTenantOutput> RemoveAsync(TaskOrchestrationContext context, TenantId tenantId, bool isLast) =>
        context.CallAsync(TenantContracts.RemoveTenant, new RemoveTenantInput(tenantId, isLast), Retries.Transient);

    private static Task WaitAsync(TaskOrchestrationContext context, TimeSpan delay) =>
        context.CreateTimer((context.UtcNow() + delay).UtcDateTime, CancellationToken.None);
}
