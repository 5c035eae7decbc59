using Azure;

namespace Marketline.Functions;

/// <summary>Which failures pass by themselves: throttling, time-outs and storage that can not be reached.</summary>
internal static class TransientFaults
{
    /// <param name="failure">As a storage client throws it.</param>
    /// <param name="stopping">The function's token: when it is cancelled, so may the client's calls be.</param>
    public static bool Contains(Exception failure, CancellationToken stopping) =>
        failure switch
        {
            // 0: there was no answer at all.
            RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
            // A client that has tried several times throws what came of each.
            AggregateException attempts => attempts.InnerExceptions.All(attempt => Contains(attempt, stopping)),
            // A client's time-out looks like this as long as nobody has cancelled the function.
            OperationCanceledException => !stopping.IsCancellationRequested,
            _ => false,
        };
}
