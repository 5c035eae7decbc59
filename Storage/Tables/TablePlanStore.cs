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

    /// <summary>A tenant's plans by id.</summary>
    /// <param name="after">Only ids after this one; empty: all.</param>
    public async IAsyncEnumerable<Plan> ListAsync(
        TenantId tenantId,
        string after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var table = await tables.GetAsync(TableNames.Plans);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenantId.Value} and RowKey gt {after}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return Read(entity).Plan;
        }
    }

    /// <param name="expectedETag">The version that was changed; null for a plan that must not be there yet.</param>
    /// <returns>Null when somebody else was quicker.</returns>
    public async Task<VersionedPlan?> WriteAsync(Plan plan, string? expectedETag, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Plans);
        var entity = new TableEntity(plan.TenantId.Value, plan.PlanId.Value) { [Column] = JsonColumn.Write(plan) };
        try
        {
            var answer = expectedETag is null
                ? await table.AddEntityAsync(entity, cancellationToken)
                : await table.UpdateEntityAsync(entity, new ETag(expectedETag), TableUpdateMode.Replace, cancellationToken);
            return new VersionedPlan(plan, answer.Headers.ETag.ToString()!);
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    /// <returns>False when it has been changed or is gone.</returns>
    public async Task<bool> RemoveAsync(TenantId tenantId, PlanId planId, string expectedETag, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Plans);
        try
        {
            var answer = await table.DeleteEntityAsync(tenantId.Value, planId.Value, new ETag(expectedETag), cancellationToken);
            return answer.Status != 404;
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
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
