using System.Buffers.Binary;
using System.Text;

namespace Marketline.Core.Crawl;

/// <summary>
/// The pages of a site that a plan knows, read from a file as they are asked for. For one thread; memory is the file's index and one
/// block of sixteen pages.
/// </summary>
public sealed class PageMemory : IDisposable
{
    private readonly Stream _file;
    private readonly UInt128[] _keys;
    private readonly long[] _offsets;

    /// <param name="file">Can seek; closed with this.</param>
    /// <exception cref="InvalidDataException">It is no such file, or it is damaged.</exception>
    public PageMemory(Stream file)
    {
        _file = file;
        try
        {
            var tail = ReadAt(file.Length - PageMemoryFormat.TailLength, PageMemoryFormat.TailLength);
            var indexOffset = BinaryPrimitives.ReadInt64LittleEndian(tail);
            var blockCount = BinaryPrimitives.ReadInt32LittleEndian(tail.AsSpan(8));
            Count = BinaryPrimitives.ReadInt32LittleEndian(tail.AsSpan(12));
            var end = indexOffset + ((long)blockCount * PageMemoryFormat.IndexEntryLength) + PageMemoryFormat.TailLength;
            if (BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(16)) != PageMemoryFormat.Mark || blockCount < 0 || end != file.Length)
            {
                throw new InvalidDataException("This is no file of known pages.");
            }

            (_keys, _offsets) = ReadIndex(indexOffset, blockCount);
            var nameLength = BinaryPrimitives.ReadInt32LittleEndian(ReadAt(0, sizeof(int)));
            Extraction = Encoding.UTF8.GetString(ReadAt(sizeof(int), nameLength));
        }
        catch (Exception failure) when (failure is ArgumentOutOfRangeException or EndOfStreamException)
        {
            throw new InvalidDataException("This is no file of known pages.", failure);
        }
    }

    /// <summary>What the objects were read with: another version of it may read others in the same page.</summary>
    public string Extraction { get; }

    public int Count { get; }

    /// <returns>Null when the page is not known.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public KnownPage? Find(string url)
    {
        var key = PageMemoryFormat.KeyOf(url);
        var block = Array.BinarySearch(_keys, key);
        block = block < 0 ? ~block - 1 : block;
        if (block < 0)
        {
            return null;
        }

        foreach (var (entryKey, page) in Block(block))
        {
            if (entryKey == key)
            {
                return Parse(page);
            }
        }

        return null;
    }

    /// <summary>All pages as they stand in the file, by key; one block is held at a time.</summary>
    internal IEnumerable<(UInt128 Key, ReadOnlyMemory<byte> Page)> ReadAll() => Enumerable.Range(0, _keys.Length).SelectMany(Block);

    public void Dispose() => _file.Dispose();

    private static KnownPage Parse(ReadOnlyMemory<byte> page)
    {
        try
        {
            return KnownPageFormat.Read(page);
        }
        catch (FormatException failure)
        {
            throw new InvalidDataException("The file of known pages is damaged.", failure);
        }
    }

    private List<(UInt128 Key, ReadOnlyMemory<byte> Page)> Block(int block)
    {
        var bytes = ReadAt(_offsets[block], (int)(_offsets[block + 1] - _offsets[block]));
        var entries = new List<(UInt128, ReadOnlyMemory<byte>)>(PageMemoryFormat.EntriesPerBlock);
        for (var rest = bytes.AsMemory(); rest.Length > 0; )
        {
            var length = rest.Length < PageMemoryFormat.EntryHeadLength ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest.Span[PageMemoryFormat.KeyLength..]);
            if (length < 0 || length > rest.Length - PageMemoryFormat.EntryHeadLength)
            {
                throw new InvalidDataException("The file of known pages is damaged.");
            }

            entries.Add((BinaryPrimitives.ReadUInt128BigEndian(rest.Span), rest.Slice(PageMemoryFormat.EntryHeadLength, length)));
            rest = rest[(PageMemoryFormat.EntryHeadLength + length)..];
        }

        return entries;
    }

    private (UInt128[] Keys, long[] Offsets) ReadIndex(long offset, int blockCount)
    {
        var bytes = ReadAt(offset, blockCount * PageMemoryFormat.IndexEntryLength);
        var (keys, offsets) = (new UInt128[blockCount], new long[blockCount + 1]);
        for (var i = 0; i < blockCount; i++)
        {
            var entry = bytes.AsSpan(i * PageMemoryFormat.IndexEntryLength);
            keys[i] = BinaryPrimitives.ReadUInt128BigEndian(entry);
            offsets[i] = BinaryPrimitives.ReadInt64LittleEndian(entry[PageMemoryFormat.KeyLength..]);
        }

        offsets[blockCount] = offset;
        var isInOrder = offsets.Zip(offsets.Skip(1), (one, next) => one >= 0 && one <= next && next - one <= int.MaxValue).All(isGood => isGood);
        return isInOrder ? (keys, offsets) : throw new InvalidDataException("The index of the known pages is damaged.");
    }

    private byte[] ReadAt(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _file.Length - offset);
        var bytes = new byte[count];
        _file.Position = offset;
        _file.ReadExactly(bytes);
        return bytes;
    }
}
