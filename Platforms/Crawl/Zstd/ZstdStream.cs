using System.Buffers;

namespace Marketline.Platforms.Crawl.Zstd;

/// <summary>
/// Reads what another stream holds as zstd (RFC 8878), frame after frame. Like .NET's own decompressing streams it just ends when its
/// input ends half-way: <see cref="IsAtFrameEnd"/> tells.
/// </summary>
internal sealed class ZstdStream : Stream
{
    private const int WindowLogMax = 100;

    /// <summary>8 MB: RFC 9659 §3 forbids encoders of the content coding a larger window, and decoders to bear with one.</summary>
    private const int WindowLog = 23;

    private const int InputBytes = 64 * 1024;

    private readonly Stream _inner;
    private readonly ZstdDecoder _decoder;
    private readonly byte[] _input = ArrayPool<byte>.Shared.Rent(InputBytes);
    private int _position;
    private int _count;
    private bool _isFlushed = true;
    private bool _isDisposed;

    public ZstdStream(Stream inner)
    {
        _inner = inner;
        _decoder = ZstdLibrary.CreateDecoder();
        if (_decoder.IsInvalid)
        {
            throw new InsufficientMemoryException("There is no memory for a zstd decoder.");
        }

        Checked(ZstdLibrary.SetParameter(_decoder, WindowLogMax, WindowLog));
    }

    /// <summary>False before the first frame and within one.</summary>
    public bool IsAtFrameEnd { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="InvalidDataException">The bytes are no zstd, damaged, or take a window of more than 8 MB.</exception>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        while (!buffer.IsEmpty && (_position < _count || !_isFlushed || Fill()))
        {
            if (Decompress(buffer) is > 0 and var written)
            {
                return written;
            }
        }

        return 0;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _decoder.Dispose();
            _inner.Dispose();
            ArrayPool<byte>.Shared.Return(_input);
        }

        base.Dispose(disposing);
    }

    private bool Fill()
    {
        (_position, _count) = (0, _inner.Read(_input));
        return _count > 0;
    }

    private unsafe int Decompress(Span<byte> buffer)
    {
        fixed (byte* source = _input)
        fixed (byte* target = buffer)
        {
            var input = new ZstdBuffer { Start = (nint)source, Size = (nuint)_count, Position = (nuint)_position };
            var output = new ZstdBuffer { Start = (nint)target, Size = (nuint)buffer.Length };
            var result = Checked(ZstdLibrary.Decompress(_decoder, ref output, ref input));
            IsAtFrameEnd = result == 0;
            _isFlushed = IsAtFrameEnd || output.Position < output.Size;
            _position = (int)input.Position;
            return (int)output.Position;
        }
    }

    private static nuint Checked(nuint result) =>
        ZstdLibrary.IsError(result) == 0 ? result : throw new InvalidDataException($"The zstd data is invalid ({ZstdLibrary.ErrorText(result)}).");
}
