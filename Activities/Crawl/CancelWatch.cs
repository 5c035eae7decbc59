using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage;
using Marketline.Storage.Blobs;

namespace Marketline.Activities.Crawl;

/// <summary>Looks every few seconds whether somebody has cancelled the run, while a step of it is under way.</summary>
internal sealed class CancelWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;
    private volatile bool _isCancelled;

    private CancelWatch(BlobArtifactStore blobs, RunRef run, TimeProvider time) => _watching = WatchAsync(blobs, run, time);

    public bool IsCancelled => _isCancelled;

    /// <summary>The first look is taken before this returns.</summary>
    public static async Task<CancelWatch> StartAsync(BlobArtifactStore blobs, RunRef run, TimeProvider time, CancellationToken cancellationToken)
    {
        var isCancelled = await IsFlaggedAsync(blobs, run, cancellationToken);
        return new CancelWatch(blobs, run, time) { _isCancelled = isCancelled };
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task WatchAsync(BlobArtifactStore blobs, RunRef run, TimeProvider time)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (!_isCancelled && await timer.WaitForNextTickAsync(_end.Token))
            {
                try
                {
                    _isCancelled = await IsFlaggedAsync(blobs, run, _end.Token);
                }
                catch (Exception failure) when (StorageFailures.Contains(failure) && !_end.IsCancellationRequested)
                {
                    // The step goes on without it, and the next look may succeed.
                }
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The step is over.
        }
    }

    private static Task<bool> IsFlaggedAsync(BlobArtifactStore blobs, RunRef run, CancellationToken cancellationToken) =>
        blobs.ExistsAsync(run.TenantId, BlobNames.CancelFlag(run.RunId), cancellationToken);
}
