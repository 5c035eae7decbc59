using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Marketline.Core.Faults;
using Marketline.Core.Json;

namespace Marketline.Storage.Blobs;

/// <summary>
/// A small record that one worker at a time may hold: its blob's lease is the right, its content what the last holder left.
/// </summary>
public sealed class LeasedRecord<TState> : IAsyncDisposable
    where TState : class
{
    private readonly BlobLease _lease;
    private readonly BlobClient _blob;

    private LeasedRecord(BlobLease lease, BlobClient blob, TState? state)
    {
        _lease = lease;
        _blob = blob;
        State = state;
    }

    /// <summary>What the last holder left; null when nobody did.</summary>
    public TState? State { get; }

    /// <summary>Cancelled when the lease was lost: the work under it has to stop.</summary>
    public CancellationToken Lost => _lease.Lost;

    /// <summary>Does work that may go on only while the lease is held; its token is cancelled when the lease is lost.</summary>
    /// <exception cref="TransientStepException">The lease was lost on the way.</exception>
    public async Task<T> WhileHeldAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Lost);
        try
        {
            return await work(held.Token);
        }
        catch (OperationCanceledException failure) when (Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw WasLost(failure);
        }
    }

    /// <summary>Replaces the content; only while the lease is held.</summary>
    /// <exception cref="TransientStepException">The lease was lost.</exception>
    public async Task SaveAsync(TState? state, CancellationToken cancellationToken)
    {
        var content = state is null ? BinaryData.FromString("") : BinaryData.FromObjectAsJson(state, JsonFormat.Options);
        var options = new BlobUploadOptions { Conditions = new BlobRequestConditions { LeaseId = _lease.Id } };
        try
        {
            await _blob.UploadAsync(content, options, cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            throw WasLost(failure);
        }
    }

    public ValueTask DisposeAsync() => _lease.DisposeAsync();

    /// <returns>Null when somebody else holds it.</returns>
    internal static async Task<LeasedRecord<TState>?> TryAcquireAsync(
        BlobClient blob,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var lease = await BlobLease.TryAcquireAsync(blob, time, cancellationToken);
        if (lease is null)
        {
            return null;
        }

        try
        {
            var download = await blob.DownloadContentAsync(cancellationToken);
            return new LeasedRecord<TState>(lease, blob, Read(download.Value.Content));
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    private TransientStepException WasLost(Exception failure) => new($"The lease of '{_blob.Name}' was lost.", failure);

    private static TState? Read(BinaryData content) =>
        content.ToMemory().IsEmpty ? null : JsonSerializer.Deserialize<TState>(content, JsonFormat.Options);
}
