namespace Marketline.Platforms.Render;

/// <summary>What one page loads through the guarding proxy: its connections, its bytes, and what was refused to it.</summary>
internal sealed class ProxySession(long maxBytes, int maxConnections) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private long _byteCount;
    private int _connectionCount;
    private int _refusalCount;

    /// <summary>Cancelled with the page: no connection outlives it.</summary>
    public CancellationToken Ended => _ended.Token;

    public long ByteCount => Interlocked.Read(ref _byteCount);

    public bool IsOverLimit => ByteCount > maxBytes;

    /// <summary>Connections that the guard refused.</summary>
    public int RefusalCount => _refusalCount;

    /// <returns>False when the page has had its share of bytes.</returns>
    public bool TryTake(int bytes) => Interlocked.Add(ref _byteCount, bytes) <= maxBytes;

    public bool TryOpen()
    {
        if (Interlocked.Increment(ref _connectionCount) <= maxConnections)
        {
            return true;
        }

        Interlocked.Decrement(ref _connectionCount);
        return false;
    }

    public void Close() => Interlocked.Decrement(ref _connectionCount);

    public void Refuse() => Interlocked.Increment(ref _refusalCount);

    public void Dispose() => _ended.Cancel();
}
