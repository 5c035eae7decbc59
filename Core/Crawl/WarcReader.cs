using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Marketline.Core.Crawl;

/// <summary>
/// Reads back, one at a time, the pages that <see cref="WarcWriter"/> wrote. Every record is checked (lengths, CRC, payload
/// digest) before it is given out. Memory is one record.
/// </summary>
public sealed class WarcReader(Stream archive)
{
    private const int MaxRecordBytes = 512 * 1_048_576;
    private const int ShortestMember = WarcWriter.GzipHeadLength + 8;

    /// <exception cref="DamagedArchiveException">After the good records, when there are bad ones or a half one.</exception>
    public async IAsyncEnumerable<FetchedPage> ReadPagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var offset = 0L;
        var head = new byte[WarcWriter.GzipHeadLength];
        while (await archive.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) is > 0 and var count)
        {
            var length = count == head.Length ? MemberLength(head, offset) : throw Damaged(offset, "is cut off");
            if (await ReadRecordAsync(head, length, offset, cancellationToken) is { } page)
            {
                yield return page;
            }

            offset += length;
        }
    }

    private async Task<FetchedPage?> ReadRecordAsync(byte[] head, int length, long offset, CancellationToken cancellationToken)
    {
        var member = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            head.CopyTo(member, 0);
            await archive.ReadExactlyAsync(member.AsMemory(head.Length, length - head.Length), cancellationToken);
            var record = Inflate(member, length, BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(20)));
            return WarcRecord.Parse(record);
        }
        catch (EndOfStreamException exception)
        {
            throw Damaged(offset, "is cut off", exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or OverflowException)
        {
            throw Damaged(offset, "does not read", exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(member);
        }
    }

    private static int MemberLength(ReadOnlySpan<byte> head, long offset)
    {
        var isOurs = head.StartsWith<byte>([0x1f, 0x8b, 8, 4]) && head[10..16].SequenceEqual<byte>([12, 0, (byte)'s', (byte)'l', 8, 0]);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[16..]);
        var recordLength = BinaryPrimitives.ReadInt32LittleEndian(head[20..]);
        var isPossible = length is >= ShortestMember and <= MaxRecordBytes && recordLength is > 0 and <= MaxRecordBytes;
        return isOurs && isPossible ? length : throw Damaged(offset, "does not begin as records of this archive do");
    }

    /// <remarks>The read past the end is what makes the decoder check the member's CRC and length.</remarks>
    private static byte[] Inflate(byte[] member, int length, int recordLength)
    {
        using var gzip = new GZipStream(new MemoryStream(member, 0, length, writable: false), CompressionMode.Decompress);
        var record = GC.AllocateUninitializedArray<byte>(recordLength);
        gzip.ReadExactly(record);
        return gzip.ReadByte() < 0 ? record : throw new InvalidDataException("The record is longer than it says.");
    }

    private static DamagedArchiveException Damaged(long offset, string cause, Exception? innerException = null) =>
        new(offset, cause, innerException);
}
