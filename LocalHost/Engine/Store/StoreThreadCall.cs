namespace Marketline.LocalHost.Engine.Store;

/// <summary>Something to be done on the store's thread that concerns what lives there, but not the database.</summary>
internal sealed class StoreThreadCall(Action call) : StoreWork
{
    public override bool IsRead => true;

    public override void Apply(StoreSession session, StoreEffects effects)
    {
        // The database is not concerned.
    }

    public override void Done(Exception? error) => call();
}
