using Marketline.Core.Tenants;
using Marketline.Storage;
using Marketline.Storage.Tables;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Activities.Tenants;

/// <summary>
/// Removes a tenant's data wherever they lie, and at last its own row: what stays are the audit rows that name its id. Once
/// more finds nothing to remove.
/// </summary>
public sealed class RemoveTenantActivity(IEnumerable<ITenantData> places, TableTenantStore tenants, TableAuditStore audit, TimeProvider time)
{
    [Function(nameof(RemoveTenantActivity))]
    public async Task<RemoveTenantOutput> RunAsync([ActivityTrigger] RemoveTenantInput input, CancellationToken cancellationToken)
    {
        foreach (var place in places)
        {
            await place.RemoveAllAsync(input.TenantId, cancellationToken);
        }

        if (input.IsLast)
        {
            // Before the row goes: the id must not be free in between.
            await audit.BuryAsync(input.TenantId, time.GetUtcNow(), cancellationToken);
            await tenants.RemoveAsync(input.TenantId, cancellationToken);
        }

        return new RemoveTenantOutput();
    }
}
