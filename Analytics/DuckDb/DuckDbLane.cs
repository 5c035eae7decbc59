using System.Collections.Concurrent;

namespace Marketline.Analytics.DuckDb;

/// <summary>
/// A few small DuckDB instances for queries, beside the one of the aggregation jobs, so that a reader waits for neither those nor
/// the batches. Instances are kept: opening one takes longer than most queries.
/// </summary>
internal sealed class DuckDbLane(AnalyticsOptions options, int slotCount, int maxPerOwner) : IDisposable
{
    private readonly FairSlots _slots = new(slotCount, maxPerOwner);
    private readonly ConcurrentBag<DuckDbSession> _idle = [];

    /// <param name="owner">Whose query it is: owners take turns.</param>
    public async Task<DuckDbLease> TakeAsync(string owner, CancellationToken cancellationToken)
    {
        await _slots.TakeAsync(owner, cancellationToken);
        try
        {
            var session = _idle.TryTake(out var kept) ? kept : DuckDbSession.Open(options, options.QueryMemoryLimitMegabytes);
            return new DuckDbLease(session, isSound => Return(owner, session, isSound));
        }
        catch
        {
            _slots.Return(owner);
            throw;
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private void Return(string owner, DuckDbSession session, bool isSound)
    {
        if (isSound)
        {
            _idle.Add(session);
        }
        else
        {
            // A fatal error makes an instance unusable: the next query gets a new one.
            session.Dispose();
        }

        _slots.Return(owner);
    }
}
