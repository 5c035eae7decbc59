using System.Buffers;

namespace Marketline.Platforms.Extract;

/// <summary>A page's decoded text in a rented buffer: pages come by the hundred a second and most are too large for the small-object heap.</summary>
internal sealed class PageText(char[] buffer, int length) : IDisposable
{
    private char[]? _buffer = buffer;

    public ReadOnlyMemory<char> Memory => (_buffer ?? throw new ObjectDisposedException(nameof(PageText))).AsMemory(0, length);

    public void Dispose()
    {
        if (_buffer is { } rented)
        {
            _buffer = null;
            ArrayPool<char>.Shared.Return(rented);
        }
    }
}
