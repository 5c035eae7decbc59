using System.Buffers;
using Azure.Core;

namespace Azure.Data.Tables.Http;

/// <summary>
/// A request body in a pooled buffer. Only <see cref="Return"/> gives the buffer back, and only a request that succeeded may call
/// it: after a cancellation or an early refusal the transport may still be reading.
/// </summary>
internal sealed class PooledContent(int sizeHint) : RequestContent, IBufferWriter<byte>
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(sizeHint);

    public int Length { get; private set; }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return buffer.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override bool TryComputeLength(out long length)
    {
        length = Length;
        return true;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellation) => stream.Write(buffer, 0, Length);

    public override Task WriteToAsync(Stream stream, CancellationToken cancellation) =>
        stream.WriteAsync(buffer, 0, Length, cancellation);

    public override void Dispose()
    {
    }

    public void Return()
    {
        var used = buffer;
        buffer = [];
        Length = 0;
        ArrayPool<byte>.Shared.Return(used);
    }

    private void Ensure(int free)
    {
        if (buffer.Length - Length >= free)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, Length + free));
        buffer.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
