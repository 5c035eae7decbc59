using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Core.Runs;

namespace Marketline.Storage.Tables;

/// <summary>A tenant's runs, a partition per month, the newest first.</summary>
public sealed class TableRunStore(TableProvider tables) : ITenantData
{
    private const int MaxPageSize = 1_000;
    private const string Column = "Run";
    private const string InputColumn = "Input";

    /// <param name="input">What the run is to be started with, kept in the row until the run has begun.</param>
    /// <returns>False when the run is there already: starting it again is harmless.</returns>
    public async Task<bool> TryAddAsync(RunRecord run, CancellationToken cancellationToken, RunInput? input = null)
    {
        var table = await tables.GetAsync(TableNames.Runs);
        var entity = Entity(run);
        if (input is not null)
        {
            // In bytes: a column takes twice as many of them as characters, and a plan's text may nearly fill one.
            entity[InputColumn] = JsonSerializer.SerializeToUtf8Bytes(input, JsonFormat.Options);
        }

        try
        {
            await table.AddEntityAsync(entity, cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return false;
        }
    }

    public async Task<RunRecord?> FindAsync(RunId runId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Runs);
        var found = await FindEntityAsync(table, runId, cancellationToken);
        return found is null ? null : JsonColumn.Read<RunRecord>(found, Column);
    }

    /// <returns>Null when there is no such run.</returns>
    public async Task<StartableRun?> FindToStartAsync(RunId runId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Runs);
        if (await FindEntityAsync(table, runId, cancellationToken) is not { } found)
        {
            return null;
        }

        var input = found.GetBinary(InputColumn) is { } bytes ? JsonSerializer.Deserialize<RunInput>(bytes, JsonFormat.Options) : null;
        return new StartableRun(JsonColumn.Read<RunRecord>(found, Column), input);
    }

    /// <summary>
    /// Changes a run's row under its ETag, trying again when somebody else was quicker. <paramref name="change"/> may be
    /// called several times; it returns null when there is nothing to change.
    /// </summary>
    /// <returns>False when there is no such run.</returns>
    public async Task<bool> UpdateAsync(
        RunId runId,
        Func<RunRecord, RunRecord?> change,
        CancellationToken cancellationToken
    )
    {
        var table = await tables.GetAsync(TableNames.Runs);
        while (true)
        {
            var found = await FindEntityAsync(table, runId, cancellationToken);
            if (found is null)
            {
                return false;
            }

            if (change(JsonColumn.Read<RunRecord>(found, Column)) is not { } changed)
            {
                return true;
            }

            var entity = Entity(changed);
            if (changed.Status.IsAhead() && found.TryGetValue(InputColumn, out var input))
            {
                entity[InputColumn] = input;
            }

            try
            {
                await table.UpdateEntityAsync(entity, found.ETag, TableUpdateMode.Replace, cancellationToken);
                return true;
            }
            catch (RequestFailedException failure) when (failure.Status == 412)
            {
                // Read again.
            }
        }
    }

    /// <summary>A month's runs, the newest first.</summary>
    public IAsyncEnumerable<RunRecord> ListAsync(TenantId tenantId, DateOnly month, CancellationToken cancellationToken)
    {
        var first = new DateOnly(month.Year, month.Month, 1);
        return ListAsync(tenantId, new RunFilter(first, first.AddMonths(1).AddDays(-1)), null, MaxPageSize, cancellationToken);
    }

    /// <summary>The runs that fit, the newest first. A month's partition is read when those before it are through.</summary>
    /// <param name="after">The list goes on behind this run; null: from its beginning.</param>
    /// <param name="pageSize">Rows that are read at a time.</param>
    public async IAsyncEnumerable<RunRecord> ListAsync(
        TenantId tenantId,
        RunFilter filter,
        RunId? after,
        int pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var table = await tables.GetAsync(TableNames.Runs);
        var newest = after?.Date ?? filter.To;
        for (var month = new DateOnly(newest.Year, newest.Month, 1); month.AddMonths(1) > filter.From; month = month.AddMonths(-1))
        {
            var query = RunQuery.Of(tenantId, month, filter, after);
            await foreach (var entity in table.QueryAsync<TableEntity>(query, pageSize, [Column], cancellationToken))
            {
                if (JsonColumn.Read<RunRecord>(entity, Column) is { } run && filter.Fits(run))
                {
                    yield return run;
                }
            }
        }
    }

    public async Task RemoveAllAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Runs);
        await table.RemovePartitionsOfAsync(tenantId.Value, cancellationToken);
    }

    private static async Task<TableEntity?> FindEntityAsync(
        TableClient table,
        RunId runId,
        CancellationToken cancellationToken
    )
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKeys.RunPartition(runId.TenantId, runId.Date),
            TableKeys.RunRow(runId),
            cancellationToken: cancellationToken
        );
        return found.HasValue ? found.Value : null;
    }

    private static TableEntity Entity(RunRecord run) =>
        new(TableKeys.RunPartition(run.Run.TenantId, run.Run.RunId.Date), TableKeys.RunRow(run.Run.RunId))
        {
            [RunQuery.StatusColumn] = run.Status.ToString(),
            [RunQuery.PlanColumn] = run.Run.RunId.PlanId.Value,
            [RunQuery.PlatformColumn] = run.Run.Platform,
            [RunQuery.KindColumn] = run.Run.Kind.ToString(),
            [RunQuery.TriggerColumn] = run.Trigger.Kind.ToString(),
            [Column] = JsonColumn.Write(run),
        };
}
