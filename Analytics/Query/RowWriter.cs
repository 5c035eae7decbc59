using System.Buffers;

namespace Marketline.Analytics.Query;

/// <summary>Writes rows in one format.</summary>
internal abstract class RowWriter : IDisposable
{
    public virtual void WriteHead(IBufferWriter<byte> output) { }

    public abstract void WriteRow(IBufferWriter<byte> output, ReadOnlySpan<object?> row);

    public virtual void Dispose() { }
}
