namespace Marketline.LocalHost.Engine.Store;

/// <summary>
/// One thing to do with the store. A write checks first and writes then, so that one that refuses (throws) has written nothing.
/// </summary>
internal abstract class StoreWork
{
    /// <summary>A read sees committed data only.</summary>
    public virtual bool IsRead => false;

    /// <summary>May run again when its transaction has to be repeated.</summary>
    public abstract void Apply(StoreSession session, StoreEffects effects);

    /// <summary>Told the outcome after the commit, on the store's thread; null for success.</summary>
    public abstract void Done(Exception? error);
}
