using System.Runtime.CompilerServices;

namespace Marketline.Activities;

/// <summary>Reads a few blobs ahead, and gives them in the order they were asked for.</summary>
internal static class InOrder
{
    private const int MaxParallelReads = 8;

    public static async IAsyncEnumerable<TResult> ReadAsync<T, TResult>(
        IEnumerable<T> items,
        Func<T, CancellationToken, Task<TResult>> read,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Queue<Task<TResult>>();
        try
        {
            foreach (var item in items)
            {
                running.Enqueue(read(item, ended.Token));
                if (running.Count == MaxParallelReads)
                {
                    yield return await running.Dequeue();
                }
            }

            while (running.TryDequeue(out var next))
            {
                yield return await next;
            }
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(running.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
