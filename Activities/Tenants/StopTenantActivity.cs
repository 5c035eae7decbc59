using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Marketline.Activities.Tenants;

/// <summary>
/// Has a tenant's orchestrations end and removes the histories of those that have: their ids begin with the tenant's. Once more
/// does the same to what is left.
/// </summary>
public sealed class StopTenantActivity(BlobArtifactStore blobs)
{
    [Function(nameof(StopTenantActivity))]
    public async Task<StopTenantOutput> RunAsync(
        [ActivityTrigger] StopTenantInput input,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var running = 0;
        var query = new OrchestrationQuery { InstanceIdPrefix = InstanceIds.OfTenant(input.TenantId) };
        await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            if (instance.IsCompleted)
            {
                await client.PurgeInstanceAsync(instance.InstanceId, cancellationToken);
                continue;
            }

            running++;
            await StopAsync(client, input, instance, cancellationToken);
        }

        return new StopTenantOutput(running);
    }

    private async Task StopAsync(
        DurableTaskClient client,
        StopTenantInput input,
        OrchestrationMetadata instance,
        CancellationToken cancellationToken
    )
    {
        if (input.IsForced)
        {
            await client.TerminateInstanceAsync(instance.InstanceId, "the tenant is deleted", cancellationToken);
            return;
        }

        if (RunId.TryParse(instance.InstanceId, out var runId))
        {
            using var empty = new MemoryStream();
            await blobs.WriteAsync(input.TenantId, BlobNames.CancelFlag(runId), empty, cancellationToken);
        }

        if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended)
        {
            // A suspended run sees no flag.
            await client.ResumeInstanceAsync(instance.InstanceId, "the tenant is deleted", cancellationToken);
        }
    }
}
