using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Core.Plans;

namespace Marketline.Storage.Tables;

/// <summary>A tenant's plans.</summary>
public sealed class TablePlanStore(TableProvider tables) : ITenantData
{
    private const string Column = "Plan";

    public async Task<VersionedPlan?> FindAsync(TenantId tenantId, PlanId planId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Plans);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            tenantId.Value,
            planId.Value,
            cancellationToken: cancellationToken
        );
        return found.HasValue ? Read(found.Value!) : null;
    }

    public async IAsyncEnumerable<Plan> ListAsync(
        TenantId tenantId,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var table = await tables.GetAsync(TableNames.Plans);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenantId.Value}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return Read(entity).Plan;
        }
    }

    /// <param name="expectedETag">The version that was changed; null for a plan that must not be there yet.</param>
    /// <returns>False when somebody else was quicker.</returns>
    public async Task<bool> TryWriteAsync(Plan plan, string? expectedETag, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Plans);
        var entity = new TableEntity(plan.TenantId.Value, plan.PlanId.Value) { [Column] = JsonColumn.Write(plan) };
        try
        {
            if (expectedETag is null)
            {
                await table.AddEntityAsync(entity, cancellationToken);
            }
            else
            {
                var etag = new ETag(expectedETag);
                await table.UpdateEntityAsync(entity, etag, TableUpdateMode.Replace, cancellationToken);
            }

            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    public async Task RemoveAllAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Plans);
        await table.RemovePartitionAsync(tenantId.Value, cancellationToken);
    }

    private static VersionedPlan Read(TableEntity entity) =>
        new(JsonColumn.Read<Plan>(entity, Column), entity.ETag.ToString());
}
