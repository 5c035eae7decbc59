using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// Undoes a content coding (RFC 9110 §8.4.1) within the limits. .NET's decompressing streams end without a word when their
/// input ends half-way, so whether a body is whole is checked here: by its trailer (gzip, zlib) or by the decoder's own word.
/// </summary>
internal sealed class BodyDecoder(int maxCompressionRatio, BodyLimit limit)
{
    private const int RatioMattersFromBytes = 1_048_576;
    private const int GzipTrailerLength = 8;
    private const int ZlibTrailerLength = 4;

    /// <exception cref="BodyTooLargeException">It grows beyond what is allowed.</exception>
    /// <exception cref="InvalidDataException">The coding is unknown, or the bytes are not of that coding.</exception>
    /// <exception cref="EndOfStreamException">The bytes end before the body does.</exception>
    public byte[] Decode(string coding, byte[] raw, int count) =>
        coding switch
        {
            _ when count == 0 => [],
            "gzip" or "x-gzip" => Inflate(new GZipStream(Reading(raw, count), CompressionMode.Decompress), count, body =>
                count > GzipTrailerLength && BinaryPrimitives.ReadUInt32LittleEndian(raw.AsSpan(count - 4)) == (uint)body.Length),
            "deflate" when IsZlib(raw, count) => Inflate(new ZLibStream(Reading(raw, count), CompressionMode.Decompress), count, body =>
                count > ZlibTrailerLength && BinaryPrimitives.ReadUInt32BigEndian(raw.AsSpan(count - 4)) == Adler32(body)),
            "deflate" => Inflate(new DeflateStream(Reading(raw, count), CompressionMode.Decompress), count, _ => true),
            "br" => Unbrotli(raw.AsSpan(0, count)),
            _ => throw new InvalidDataException("Its content coding was not asked for."),
        };

    private delegate bool WholenessCheck(ReadOnlySpan<byte> body);

    private byte[] Inflate(Stream stream, int rawCount, WholenessCheck isWhole)
    {
        using var _ = stream;
        var buffer = Rent(rawCount);
        try
        {
            var count = 0;
            while (!IsFull(count, rawCount) && stream.Read(buffer, count, buffer.Length - count) is > 0 and var read)
            {
                count += read;
                buffer = count == buffer.Length ? Grow(buffer) : buffer;
            }

            return limit.IsTruncating || isWhole(buffer.AsSpan(0, count)) ? Cut(buffer, count) : throw HalfBody();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private byte[] Unbrotli(ReadOnlySpan<byte> raw)
    {
        using var decoder = new BrotliDecoder();
        var rawCount = raw.Length;
        var buffer = Rent(rawCount);
        try
        {
            var count = 0;
            while (true)
            {
                var status = decoder.Decompress(raw, buffer.AsSpan(count), out var consumed, out var written);
                raw = raw[consumed..];
                count += written;
                if (status == OperationStatus.InvalidData)
                {
                    throw new InvalidDataException("The Brotli data is invalid.");
                }

                if (status == OperationStatus.Done || IsFull(count, rawCount) || (status == OperationStatus.NeedMoreData && limit.IsTruncating))
                {
                    return Cut(buffer, count);
                }

                buffer = status == OperationStatus.DestinationTooSmall ? Grow(buffer) : throw HalfBody();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <returns>True when enough has been read of a body that may be cut.</returns>
    private bool IsFull(int count, int rawCount)
    {
        if (count > RatioMattersFromBytes && count > (long)rawCount * maxCompressionRatio)
        {
            throw new BodyTooLargeException($"The body grows more than {maxCompressionRatio}-fold when it is decompressed.");
        }

        if (count > limit.MaxBytes && !limit.IsTruncating)
        {
            throw new BodyTooLargeException($"The body has more than {limit.MaxBytes:N0} bytes when it is decompressed.");
        }

        return count > limit.MaxBytes;
    }

    private byte[] Cut(byte[] buffer, int count) => buffer[..Math.Min(count, limit.MaxBytes)];

    private static MemoryStream Reading(byte[] raw, int count) => new(raw, 0, count, writable: false);

    private static byte[] Rent(int rawCount) => ArrayPool<byte>.Shared.Rent(Math.Clamp(rawCount * 5, 4 * 1024, 1_048_576));

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    /// <remarks>HTTP's "deflate" is the zlib format (RFC 1950); some servers send the bare stream all the same.</remarks>
    private static bool IsZlib(byte[] raw, int count) =>
        count >= 2 && (raw[0] & 0x0f) == 8 && BinaryPrimitives.ReadUInt16BigEndian(raw) % 31 == 0;

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        const uint Modulus = 65_521;
        const int MostBeforeOverflow = 5_552;
        var (low, high) = (1u, 0u);
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, MostBeforeOverflow)];
            foreach (var octet in part)
            {
                low += octet;
                high += low;
            }

            (low, high) = (low % Modulus, high % Modulus);
            bytes = bytes[part.Length..];
        }

        return (high << 16) | low;
    }

    private static EndOfStreamException HalfBody() => new("The compressed body ends before its end.");
}
