using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Marketline.Core.Alerts;
using Marketline.Core.Naming;

namespace Marketline.Storage.Tables;

/// <summary>
/// A tenant's alerts, and a second copy of the open ones for the operator. The copy comes first and goes last: what is open is
/// never missing there.
/// </summary>
public sealed class TableAlertStore(TableProvider tables) : ITenantData
{
    private const string Column = "Alert";
    private const string TenantColumn = "TenantId";

    /// <returns>False when the run has this alert already.</returns>
    public async Task<bool> RaiseAsync(Alert alert, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Alerts);
        await table.UpsertEntityAsync(Entity(TableKeys.OpenAlertPartition, alert), TableUpdateMode.Replace, cancellationToken);
        try
        {
            await table.AddEntityAsync(Entity(alert.TenantId.Value, alert), cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Closes a run's alert. One that is not open is left alone.</summary>
    public async Task ResolveAsync(RunId runId, AlertKind kind, DateTimeOffset resolvedUtc, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Alerts);
        var row = TableKeys.OpenAlertRow(runId, kind);
        var open = await table.GetEntityIfExistsAsync<TableEntity>(runId.TenantId.Value, row, cancellationToken: cancellationToken);
        if (open.HasValue)
        {
            var resolved = JsonColumn.Read<Alert>(open.Value!, Column) with { ResolvedUtc = resolvedUtc };
            await table.UpsertEntityAsync(Entity(runId.TenantId.Value, resolved), TableUpdateMode.Replace, cancellationToken);
            await table.DeleteEntityAsync(runId.TenantId.Value, row, ETag.All, cancellationToken);
        }

        await table.DeleteEntityAsync(TableKeys.OpenAlertPartition, row, ETag.All, cancellationToken);
    }

    /// <summary>A tenant's alerts: the open ones by run, the newest first, then the others, the last resolved first.</summary>
    /// <param name="after">Where to go on: an alert's <see cref="TableKeys.AlertRow"/>; empty for the beginning.</param>
    public IAsyncEnumerable<Alert> ListAsync(TenantId tenantId, string after, CancellationToken cancellationToken) =>
        ListAsync(tenantId.Value, after, cancellationToken);

    /// <summary>The open alerts of all tenants by run, the newest first.</summary>
    /// <inheritdoc cref="ListAsync(TenantId, string, CancellationToken)"/>
    public IAsyncEnumerable<Alert> ListOpenAsync(string after, CancellationToken cancellationToken) =>
        ListAsync(TableKeys.OpenAlertPartition, after, cancellationToken);

    public async Task RemoveAllAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Alerts);
        await table.RemovePartitionAsync(tenantId.Value, cancellationToken);
        var open = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.OpenAlertPartition} and TenantId eq {tenantId.Value}");
        await table.RemoveAsync(open, cancellationToken);
    }

    private async IAsyncEnumerable<Alert> ListAsync(
        string partition,
        string after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var table = await tables.GetAsync(TableNames.Alerts);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return JsonColumn.Read<Alert>(entity, Column);
        }
    }

    private static TableEntity Entity(string partition, Alert alert) =>
        new(partition, TableKeys.AlertRow(alert)) { [TenantColumn] = alert.TenantId.Value, [Column] = JsonColumn.Write(alert) };
}
