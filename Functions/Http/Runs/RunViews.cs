using System.Text.Json;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Caching;
using Marketline.Storage.Tables;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Runs;

/// <summary>
/// Runs as this worker remembers them, each with its answer as bytes. A run that goes on is read once a second at the most,
/// whoever asks and listens; a closed one does not change and is kept for <see cref="ClosedAge"/>. What this worker changes it
/// reads again at once.
/// </summary>
public sealed class RunViews(TableRunStore runs, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    /// <summary>Lineage that is written again on another worker is not seen here for so long.</summary>
    public static readonly TimeSpan ClosedAge = TimeSpan.FromMinutes(2);

    private const int MaxCount = 5_000;

    private readonly TimedCache<RunId, CachedRun> _cache = new(Age, MaxCount, time, run => run?.Age ?? TimeSpan.Zero);

    /// <returns>Null when there is no such run, which is not remembered.</returns>
    internal Task<CachedRun?> FindAsync(RunId runId, DurableTaskClient client, CancellationToken cancellationToken) =>
        _cache.GetAsync(runId, token => ReadAsync(runId, client, token), cancellationToken);

    /// <summary>Makes this worker read the run again.</summary>
    public void Forget(RunId runId) => _cache.Forget(runId);

    public void Dispose() => _cache.Dispose();

    private async Task<CachedRun?> ReadAsync(RunId runId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(runId, cancellationToken) is not { } record)
        {
            return null;
        }

        var view = RunView.Of(record);
        var isBroken = false;
        if (!record.Status.IsOver())
        {
            (view, isBroken) = await RunProgressReader.ReadAsync(client, view, cancellationToken);
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(view, JsonFormat.Options);
        var isClosed = record.Status.IsOver() && record.IsLineageComplete;
        return new CachedRun(view, json, $"\"{Digest.Of(json)}\"", isClosed ? ClosedAge : Age, isClosed || isBroken);
    }
}
