using System.Collections.Concurrent;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Storage.Tables;

namespace Marketline.Activities.Admission;

/// <summary>A tenant's limits for the steps of its runs: while the tables are away those that were known last, or the defaults.</summary>
public sealed class TenantBounds(TenantDirectory tenants, TableAbsence tables)
{
    private readonly ConcurrentDictionary<TenantId, TenantLimits> _last = new();

    public async Task<TenantLimits> OfAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var tenant = await tables.AskAsync(() => tenants.FindAsync(tenantId, cancellationToken), cancellationToken);
        if (tenant is not null)
        {
            _last[tenantId] = tenant.Limits;
            return tenant.Limits;
        }

        return _last.GetValueOrDefault(tenantId) ?? new TenantLimits();
    }
}
