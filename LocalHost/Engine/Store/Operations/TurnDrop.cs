using Marketline.LocalHost.Engine.Scheduling;

namespace Marketline.LocalHost.Engine.Store.Operations;

/// <summary>Forgets messages for an instance that is gone or has ended.</summary>
internal sealed class TurnDrop(Turn turn, Action<Exception> failed) : StoreWork
{
    public override void Apply(StoreSession session, StoreEffects effects)
    {
        if (turn.LastSeq is { } last)
        {
            session.Inbox.DeleteUpTo(turn.Instance.Key, last);
        }

        effects.Turns.Add(new TurnEnd(turn.Instance, Keep: false));
    }

    public override void Done(Exception? error)
    {
        if (error is not null)
        {
            failed(error);
        }
    }
}
