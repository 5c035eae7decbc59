using Marketline.LocalHost.Engine.History;

namespace Marketline.LocalHost.Engine.Store.Operations;

/// <summary>
/// Takes up the work that a stopped or killed engine left: messages not taken in, activities without a result, timers.
/// Instances that only wait cost nothing here; their histories are read when something happens to them.
/// </summary>
internal static class Recovery
{
    public static void Run(StoreSession session, StoreEffects effects)
    {
        foreach (var messages in session.Inbox.All().GroupBy(message => message.Instance))
        {
            if (MayRun(session, messages))
            {
                effects.Messages.AddRange(messages);
            }
        }

        session.Tasks.DeleteOrphans();
        effects.Tasks.AddRange(session.Tasks.All());
        effects.AddDue(session.Timers.NextDue());
    }

    private static bool MayRun(StoreSession session, IGrouping<long, InboxMessage> messages) =>
        messages.Any(message => message.Event is ExecutionStarted or ExecutionTerminated)
        || session.Instances.Find(messages.Key) is { HasStarted: true };
}
