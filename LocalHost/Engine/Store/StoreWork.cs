namespace Marketline.LocalHost.Engine.Store;

/// <summary>
/// One thing to do with the store. A write checks first and writes then, so that one that refuses (throws) has written nothing.
/// </summary>
/// <param name="Apply">What to do; it may run again when its transaction has to be repeated.</param>
/// <param name="IsRead">A read sees committed data only.</param>
/// <param name="Done">Told the outcome after the commit, on the store's thread; null for success.</param>
internal sealed record StoreWork(Action<StoreSession, StoreEffects> Apply, bool IsRead, Action<Exception?> Done);
