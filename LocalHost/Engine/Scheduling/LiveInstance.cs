using Marketline.LocalHost.Engine.Store;

namespace Marketline.LocalHost.Engine.Scheduling;

/// <summary>
/// An instance that has something to do, or whose code waits in memory. All but <see cref="Code"/> belongs to the store's
/// thread; <see cref="Code"/> belongs to whoever works on the instance, which is one at a time.
/// </summary>
internal sealed class LiveInstance(long key)
{
    public long Key { get; } = key;

    public List<InboxMessage> Pending { get; private set; } = [];

    /// <summary>True while a turn is queued, runs or is being stored.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Its place among the idle ones whose code is kept.</summary>
    public LinkedListNode<LiveInstance>? IdlePlace { get; set; }

    public LiveCode? Code { get; set; }

    public List<InboxMessage> TakePending()
    {
        var pending = Pending;
        Pending = [];
        return pending;
    }
}
