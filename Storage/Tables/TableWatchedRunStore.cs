using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Core.Runs;

namespace Marketline.Storage.Tables;

/// <summary>
/// The runs of all tenants that have not ended: a run is added before its row and removed when that is closed, so watching runs
/// costs what goes on.
/// </summary>
public sealed class TableWatchedRunStore(TableProvider tables) : ITenantData
{
    private const string Column = "Run";
    private const string TenantColumn = "TenantId";
    private const string HubColumn = "TaskHub";
    private const string LookColumn = "NextLookUtc";

    /// <summary>A run that is there already stays as it is.</summary>
    public async Task AddAsync(WatchedRun run, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.WatchedRuns);
        try
        {
            await table.AddEntityAsync(Entity(run), cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // Somebody else starts the same run.
        }
    }

    public async Task<VersionedWatchedRun?> FindAsync(RunId runId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.WatchedRuns);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKeys.WatchedRunPartition(runId),
            runId.Value,
            cancellationToken: cancellationToken
        );
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <summary>The runs of a task hub that are to be looked at by now.</summary>
    public async IAsyncEnumerable<VersionedWatchedRun> ListAsync(
        string taskHub,
        DateTimeOffset nowUtc,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var table = await tables.GetAsync(TableNames.WatchedRuns);
        var filter = TableClient.CreateQueryFilter($"TaskHub eq {taskHub} and NextLookUtc le {nowUtc}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return Read(entity);
        }
    }

    /// <returns>False when it has been changed or removed.</returns>
    public async Task<bool> TryUpdateAsync(WatchedRun run, string expectedETag, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.WatchedRuns);
        try
        {
            await table.UpdateEntityAsync(Entity(run), new ETag(expectedETag), TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 412)
        {
            return false;
        }
    }

    public async Task RemoveAsync(RunId runId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.WatchedRuns);
        await table.DeleteEntityAsync(TableKeys.WatchedRunPartition(runId), runId.Value, ETag.All, cancellationToken);
    }

    public async Task RemoveAllAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.WatchedRuns);
        await table.RemoveAsync(TableClient.CreateQueryFilter($"TenantId eq {tenantId.Value}"), cancellationToken);
    }

    private static VersionedWatchedRun Read(TableEntity entity) =>
        new(JsonColumn.Read<WatchedRun>(entity, Column), entity.ETag.ToString());

    private static TableEntity Entity(WatchedRun run) =>
        new(TableKeys.WatchedRunPartition(run.RunId), run.RunId.Value)
        {
            [TenantColumn] = run.RunId.TenantId.Value,
            [HubColumn] = run.TaskHub,
            [LookColumn] = run.NextLookUtc,
            [Column] = JsonColumn.Write(run),
        };
}
