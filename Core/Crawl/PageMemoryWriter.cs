using System.Buffers.Binary;
using System.Text;

namespace Marketline.Core.Crawl;

/// <summary>Writes a file of known pages, in the order of their keys. See <see cref="PageMemoryFormat"/>.</summary>
internal sealed class PageMemoryWriter : IDisposable
{
    private readonly Stream _output;
    private readonly MemoryStream _index = new();
    private long _offset;
    private int _count;

    /// <param name="output">Stays open.</param>
    /// <param name="extraction">What the objects were read with.</param>
    public PageMemoryWriter(Stream output, string extraction)
    {
        _output = output;
        var name = Encoding.UTF8.GetBytes(extraction);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, name.Length);
        Write(length);
        Write(name);
    }

    public void Add(UInt128 key, ReadOnlySpan<byte> page)
    {
        Span<byte> head = stackalloc byte[PageMemoryFormat.IndexEntryLength];
        BinaryPrimitives.WriteUInt128BigEndian(head, key);
        if (_count++ % PageMemoryFormat.EntriesPerBlock == 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(head[PageMemoryFormat.KeyLength..], _offset);
            _index.Write(head);
        }

        BinaryPrimitives.WriteInt32LittleEndian(head[PageMemoryFormat.KeyLength..], page.Length);
        Write(head[..PageMemoryFormat.EntryHeadLength]);
        Write(page);
    }

    /// <summary>Nothing may be added after it.</summary>
    public void Finish()
    {
        Span<byte> tail = stackalloc byte[PageMemoryFormat.TailLength];
        BinaryPrimitives.WriteInt64LittleEndian(tail, _offset);
        BinaryPrimitives.WriteInt32LittleEndian(tail[8..], (int)(_index.Length / PageMemoryFormat.IndexEntryLength));
        BinaryPrimitives.WriteInt32LittleEndian(tail[12..], _count);
        BinaryPrimitives.WriteInt64LittleEndian(tail[16..], PageMemoryFormat.Mark);
        _index.WriteTo(_output);
        _output.Write(tail);
        _output.Flush();
    }

    public void Dispose() => _index.Dispose();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        _offset += bytes.Length;
    }
}
