namespace Marketline.LocalHost.Engine.Store;

/// <summary>What follows from a transaction once it is committed, and not before.</summary>
internal sealed class StoreEffects
{
    /// <summary>New messages, in order.</summary>
    public List<InboxMessage> Messages { get; } = [];

    /// <summary>Messages that go before those that already wait.</summary>
    public List<InboxMessage> CarriedMessages { get; } = [];

    public List<PendingTask> Tasks { get; } = [];

    /// <summary>Ids of instances that started or ended, for those who wait for that.</summary>
    public List<string> ChangedIds { get; } = [];

    /// <summary>Keys of instances that are no more.</summary>
    public List<long> RemovedKeys { get; } = [];

    /// <summary>The turns whose instances may take their next one.</summary>
    public List<TurnEnd> Turns { get; } = [];

    /// <summary>The earliest time at which a new timer is due.</summary>
    public long? Due { get; private set; }

    public void AddDue(long? ticks)
    {
        if (ticks is { } due && (Due is null || due < Due))
        {
            Due = due;
        }
    }
}
