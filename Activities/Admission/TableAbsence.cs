using Marketline.Storage;

namespace Marketline.Activities.Admission;

/// <summary>
/// What a batch asks the tables for is worth having, but not worth waiting for: a run goes on while they are away, without
/// bounds of its own. After a failure they are left alone for a while, since each attempt costs the storage client's patience.
/// </summary>
public sealed class TableAbsence(TimeProvider time)
{
    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(15);

    private long _untilTicks;

    /// <returns>The default when the tables are away.</returns>
    public async Task<T?> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow().UtcTicks < Interlocked.Read(ref _untilTicks))
        {
            return default;
        }

        try
        {
            return await ask();
        }
        catch (Exception failure) when (StorageFailures.IsTransient(failure, cancellationToken))
        {
            Interlocked.Exchange(ref _untilTicks, (time.GetUtcNow() + LeftAlone).UtcTicks);
            return default;
        }
    }
}
