namespace Marketline.LocalHost.Engine.Store;

/// <summary>Work that somebody awaits the result of.</summary>
internal sealed class StoreCall<T>(Func<StoreSession, StoreEffects, T> run, bool isRead) : StoreWork
{
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public override bool IsRead => isRead;

    public Task<T> Outcome => _outcome.Task;

    public override void Apply(StoreSession session, StoreEffects effects) => _result = run(session, effects);

    public override void Done(Exception? error)
    {
        if (error is null)
        {
            _outcome.SetResult(_result);
        }
        else
        {
            _outcome.SetException(error);
        }
    }
}
