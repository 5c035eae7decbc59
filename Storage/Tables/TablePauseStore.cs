using Azure;
using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Storage.Caching;

namespace Marketline.Storage.Tables;

/// <summary>The platforms that are paused over the installation. A pause, and its end, is in force on every worker after <see cref="CacheTime"/>.</summary>
public sealed class TablePauseStore(TableProvider tables, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(15);

    private const string Column = "Pause";

    private readonly TimedCache<string, IReadOnlyList<PlatformPause>> _cache = new(CacheTime, maxCount: 1, time);

    /// <summary>Pausing again changes the reason and the time.</summary>
    public async Task PauseAsync(PlatformPause pause, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Pauses);
        var entity = new TableEntity(TableKeys.PlatformPausePartition, pause.Platform) { [Column] = JsonColumn.Write(pause) };
        await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
        _cache.Forget(TableKeys.PlatformPausePartition);
    }

    /// <summary>Runs that the pause held back start according to their plans' catch-up, within a minute.</summary>
    /// <returns>False when it was not paused.</returns>
    public async Task<bool> ResumeAsync(string platform, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Pauses);
        var answer = await table.DeleteEntityAsync(TableKeys.PlatformPausePartition, platform, ETag.All, cancellationToken);
        _cache.Forget(TableKeys.PlatformPausePartition);
        return answer.Status != 404;
    }

    public async Task<IReadOnlyList<PlatformPause>> ListAsync(CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Pauses);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.PlatformPausePartition}");
        var pauses = new List<PlatformPause>();
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            pauses.Add(JsonColumn.Read<PlatformPause>(entity, Column));
        }

        return pauses;
    }

    /// <summary>As this worker remembers it.</summary>
    public async Task<bool> IsPausedAsync(string platform, CancellationToken cancellationToken)
    {
        var pauses = await _cache.GetAsync(
            TableKeys.PlatformPausePartition,
            async token => await ListAsync(token),
            cancellationToken
        );
        return pauses!.Any(pause => pause.Platform == platform);
    }

    public void Dispose() => _cache.Dispose();
}
