using Azure;

namespace Marketline.Storage;

/// <summary>Tells the failures of the storage clients from all others.</summary>
public static class StorageFailures
{
    /// <summary>No answer, a bad one, none in time, or several of these in a row.</summary>
    public static bool Contains(Exception failure) => failure is RequestFailedException or AggregateException or OperationCanceledException;

    /// <summary>What passes by itself: throttling, time-outs and storage that can not be reached.</summary>
    /// <param name="failure">As a storage client throws it.</param>
    /// <param name="stopping">The caller's token: when it is cancelled, so may the client's calls be.</param>
    public static bool IsTransient(Exception failure, CancellationToken stopping) =>
        failure switch
        {
            // 0: there was no answer at all.
            RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
            // A client that has tried several times throws what came of each.
            AggregateException attempts => attempts.InnerExceptions.All(attempt => IsTransient(attempt, stopping)),
            // A client's time-out looks like this as long as nobody has cancelled the caller.
            OperationCanceledException => !stopping.IsCancellationRequested,
            _ => false,
        };
}
