using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Marketline.Storage.Blobs;

/// <summary>
/// The lease of one blob while it is held: renewed in the background, and <see cref="Lost"/> is cancelled when it could not
/// be, in time before the service gives it to somebody else. A holder that dies loses it after <see cref="Duration"/>.
/// </summary>
internal sealed class BlobLease : IAsyncDisposable
{
    /// <summary>Between 15 and 60 seconds by the service's rules. What a crashed holder costs the next one.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RenewalPeriod = TimeSpan.FromSeconds(5);

    /// <summary>For the work under the lease to stop, before its end.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private readonly BlobLeaseClient _lease;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewal;

    private BlobLease(BlobLeaseClient lease, TimeProvider time, long askedAt)
    {
        _lease = lease;
        _time = time;
        // A timer of its own, since a renewal may hang or be repeated for longer than the lease lasts.
        _lost = new CancellationTokenSource(Rest(askedAt), time);
        Lost = _lost.Token;
        _renewal = RenewAsync();
    }

    public string Id => _lease.LeaseId;

    public CancellationToken Lost { get; }

    /// <summary>Takes the lease, creating an empty blob where there is none; null when somebody else holds it.</summary>
    public static async Task<BlobLease?> TryAcquireAsync(
        BlobClient blob,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var lease = blob.GetBlobLeaseClient();
        var askedAt = time.GetTimestamp();
        try
        {
            await lease.AcquireAsync(Duration, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            await CreateAsync(blob, cancellationToken);
            return await TryAcquireAsync(blob, time, cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return null;
        }

        return new BlobLease(lease, time, askedAt);
    }

    /// <summary>Gives the lease back, so that the next holder need not wait for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewal;
        if (!_lost.IsCancellationRequested)
        {
            try
            {
                await _lease.ReleaseAsync();
            }
            catch (Exception failure) when (StorageFailures.Contains(failure))
            {
                // It ends by itself after Duration; the work under it is done.
            }
        }

        _stop.Dispose();
        _lost.Dispose();
    }

    private static async Task CreateAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        var onlyIfAbsent = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
        try
        {
            await blob.UploadAsync(BinaryData.FromString(""), onlyIfAbsent, cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            // Another worker was quicker.
        }
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(RenewalPeriod, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token) && !_lost.IsCancellationRequested)
            {
                var askedAt = _time.GetTimestamp();
                try
                {
                    await _lease.RenewAsync(cancellationToken: _stop.Token);
                    _lost.CancelAfter(Rest(askedAt));
                }
                catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
                {
                    await _lost.CancelAsync();
                }
                catch (Exception failure) when (StorageFailures.Contains(failure) && !_stop.IsCancellationRequested)
                {
                    // Trouble on the way: the lease still stands, the next tick tries again.
                }
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    /// <summary>What is left of a lease that was asked for then: the service counts from some moment after it.</summary>
    private TimeSpan Rest(long askedAt)
    {
        var rest = Duration - Margin - _time.GetElapsedTime(askedAt);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }
}
