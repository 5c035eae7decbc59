using System.Buffers;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// Takes bytes of unknown number in pooled pieces of at most 1 MiB: nothing is copied when it grows, and no buffer of a large body
/// stays in the pool.
/// </summary>
internal sealed class BodyBuffer : IDisposable
{
    private const int FirstBytes = 64 * 1024;
    private const int MaxBytes = 1_048_576;

    private readonly List<byte[]> _full = [];
    private byte[] _last = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _lastCount;

    public int Count { get; private set; }

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Free()
    {
        if (_lastCount == _last.Length)
        {
            _full.Add(_last);
            _last = ArrayPool<byte>.Shared.Rent(Math.Min(_last.Length * 4, MaxBytes));
            _lastCount = 0;
        }

        return _last.AsMemory(_lastCount);
    }

    public void Add(int count)
    {
        _lastCount += count;
        Count += count;
    }

    /// <summary>The first <paramref name="length"/> bytes, of which there are so many.</summary>
    public byte[] ToArray(int length)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        var position = 0;
        foreach (var piece in _full.Append(_last))
        {
            var count = Math.Min(piece.Length, length - position);
            piece.AsSpan(0, count).CopyTo(bytes.AsSpan(position));
            position += count;
        }

        return bytes;
    }

    public void Dispose()
    {
        foreach (var piece in _full.Append(_last))
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
