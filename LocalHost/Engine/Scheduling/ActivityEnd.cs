using Marketline.LocalHost.Engine.History;
using Marketline.LocalHost.Engine.Store;
using Marketline.LocalHost.Engine.Store.Operations;

namespace Marketline.LocalHost.Engine.Scheduling;

/// <summary>
/// Stores an activity's outcome, which is written as JSON before the store's thread is asked: that one has enough to do.
/// </summary>
internal sealed class ActivityEnd(PendingTask task, AnswerEvent answer, Action<ActivityEnd, Exception> failed) : StoreWork
{
    private readonly byte[] _json = HistoryJson.Write(answer);

    public override void Apply(StoreSession session, StoreEffects effects) => Delivery.EndTask(session, effects, task, answer, _json);

    public override void Done(Exception? error)
    {
        if (error is not null)
        {
            failed(this, error);
        }
    }
}
