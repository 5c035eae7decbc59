using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Operations;
using Marketline.Orchestrators.Tenants;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Tenants;

/// <summary>
/// Deletes a tenant with all its data: marks it first, so that its keys stop to work, then starts the deletion. Asked for again
/// while it goes on it is the same deletion.
/// </summary>
public sealed class DeleteTenantEndpoint(TenantDesk desk, TableTenantStore tenants, TenantDirectory directory)
{
    [Function(nameof(DeleteTenantEndpoint))]
    [ApiOperation(
        EndpointAccess.Admin,
        "Delete a tenant with its data",
        Description = "Nothing of it stays but audit rows under its id. Takes half a minute at least; the tenant answers 410 when it is done.",
        Status = 202,
        Problems = [410]
    )]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/operator/tenants/{tenantId}")] HttpRequest request,
        string tenantId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var (tenant, problem) = await desk.FindAsync(tenantId, cancellationToken);
        if (tenant is null)
        {
            return problem!;
        }

        await tenants.UpdateAsync(tenant.TenantId, found => found with { Status = TenantStatus.Deleting }, cancellationToken);
        directory.Forget(tenant.TenantId);
        await StartAsync(client, tenant.TenantId, cancellationToken);
        return Results.Accepted($"/api/operator/tenants/{tenant.TenantId}");
    }

    /// <summary>One that has failed is replaced; one that goes on is left alone, whoever started it in between.</summary>
    private static async Task StartAsync(DurableTaskClient client, TenantId tenantId, CancellationToken cancellationToken)
    {
        var instanceId = InstanceIds.Deletion(tenantId);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(DeleteTenantOrchestrator),
                new DeleteTenantInput(tenantId),
                new StartOrchestrationOptions(instanceId),
                cancellationToken
            );
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // "It is running" has another exception type on every backend: the instance itself is the proof.
            if (await client.GetInstanceAsync(instanceId, cancellationToken) is not { IsCompleted: false })
            {
                throw;
            }
        }
    }
}
