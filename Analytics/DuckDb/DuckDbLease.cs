namespace Marketline.Analytics.DuckDb;

/// <summary>A DuckDB instance of a <see cref="DuckDbLane"/> while somebody uses it.</summary>
internal sealed class DuckDbLease(DuckDbSession session, Action<bool> giveBack) : IDisposable
{
    private Action<bool>? _giveBack = giveBack;

    public DuckDbSession Session => session;

    /// <summary>Says that all went well, so that the instance may be used again.</summary>
    public bool IsSound { get; set; }

    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke(IsSound);
}
