using Marketline.LocalHost.Engine.Store;

namespace Marketline.LocalHost.Engine.Scheduling;

/// <summary>A turn that an instance has to take, with the messages for it.</summary>
internal sealed record Turn(LiveInstance Instance, List<InboxMessage> Messages)
{
    /// <summary>The last stored message of the turn; null when it has none.</summary>
    public long? LastSeq
    {
        get
        {
            long? last = null;
            foreach (var message in Messages)
            {
                if (message.Seq != InboxMessage.NotStored && (last is null || message.Seq > last))
                {
                    last = message.Seq;
                }
            }

            return last;
        }
    }
}
