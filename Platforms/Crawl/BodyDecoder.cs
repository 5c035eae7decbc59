using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Marketline.Platforms.Crawl.Zstd;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// Undoes the content codings (RFC 9110 §8.4.1) of one body within the limits. Decompressing streams end without a word when their
/// input ends half-way, so whether a body is whole is checked here: by its trailer (gzip, zlib) or by the decoder's own word.
/// </summary>
/// <param name="options">Which codings were offered, and what a body may grow to.</param>
/// <param name="limit">Of the body, after each of its codings.</param>
/// <param name="raw">The body as sent.</param>
internal sealed class BodyDecoder(CrawlOptions options, BodyLimit limit, byte[] raw)
{
    /// <summary>Proxies that compress what is compressed already make two; each one more costs time to undo.</summary>
    private const int MaxCodings = 3;

    private const int RatioMattersFromBytes = 1_048_576;
    private const int GzipTrailerLength = 8;
    private const int ZlibTrailerLength = 4;

    /// <param name="codings">In the order in which they were applied.</param>
    /// <exception cref="BodyTooLargeException">It grows beyond what is allowed.</exception>
    /// <exception cref="InvalidDataException">A coding is unknown, or the bytes are not of that coding.</exception>
    /// <exception cref="EndOfStreamException">The bytes end before the body does.</exception>
    public byte[] Decode(IEnumerable<string> codings)
    {
        var applied = codings.Select(coding => coding.ToLowerInvariant()).Where(coding => coding != "identity").Reverse().ToList();
        if (applied.Count > MaxCodings)
        {
            throw new InvalidDataException($"It has more than {MaxCodings} content codings.");
        }

        return applied.Aggregate(raw, (body, coding) => Decode(coding, body));
    }

    private byte[] Decode(string coding, byte[] coded) =>
        coding switch
        {
            _ when coded.Length == 0 => [],
            "gzip" or "x-gzip" => Inflate(new GZipStream(Reading(coded), CompressionMode.Decompress), body => IsGzipWhole(coded, body)),
            "deflate" when IsZlib(coded) => Inflate(new ZLibStream(Reading(coded), CompressionMode.Decompress), body =>
                coded.Length > ZlibTrailerLength && BinaryPrimitives.ReadUInt32BigEndian(coded.AsSpan(^4..)) == Adler32(body)),
            "deflate" => Inflate(new DeflateStream(Reading(coded), CompressionMode.Decompress), _ => true),
            "br" => Unbrotli(coded),
            "zstd" when options.TakesZstd => Unzstd(coded),
            _ => throw new InvalidDataException("Its content coding was not asked for."),
        };

    private byte[] Unzstd(byte[] coded)
    {
        var zstd = new ZstdStream(Reading(coded));
        return Inflate(zstd, _ => zstd.IsAtFrameEnd);
    }

    private delegate bool WholenessCheck(ReadOnlySpan<byte> body);

    private byte[] Inflate(Stream stream, WholenessCheck isWhole)
    {
        using var _ = stream;
        using var buffer = new BodyBuffer();
        while (!IsFull(buffer.Count) && stream.Read(buffer.Free().Span) is > 0 and var read)
        {
            buffer.Add(read);
        }

        var body = Cut(buffer);
        return limit.IsTruncating || isWhole(body) ? body : throw HalfBody();
    }

    private byte[] Unbrotli(ReadOnlySpan<byte> coded)
    {
        using var decoder = new BrotliDecoder();
        using var buffer = new BodyBuffer();
        while (true)
        {
            var status = decoder.Decompress(coded, buffer.Free().Span, out var consumed, out var written);
            coded = coded[consumed..];
            buffer.Add(written);
            if (status == OperationStatus.InvalidData)
            {
                throw new InvalidDataException("The Brotli data is invalid.");
            }

            if (IsFull(buffer.Count) || status == OperationStatus.Done || (status == OperationStatus.NeedMoreData && limit.IsTruncating))
            {
                return Cut(buffer);
            }

            if (status == OperationStatus.NeedMoreData)
            {
                throw HalfBody();
            }
        }
    }

    /// <returns>True when enough has been read of a body that may be cut.</returns>
    private bool IsFull(int count)
    {
        if (limit.IsTruncating)
        {
            return count > limit.MaxBytes;
        }

        if (count > RatioMattersFromBytes && count > (long)raw.Length * options.MaxCompressionRatio)
        {
            throw new BodyTooLargeException($"The body grows more than {options.MaxCompressionRatio}-fold when it is decompressed.");
        }

        return count > limit.MaxBytes ? throw new BodyTooLargeException($"The body has more than {limit.MaxBytes:N0} bytes when it is decompressed.") : false;
    }

    private byte[] Cut(BodyBuffer buffer) => buffer.ToArray(Math.Min(buffer.Count, limit.MaxBytes));

    private static MemoryStream Reading(byte[] coded) => new(coded, writable: false);

    /// <remarks>HTTP's "deflate" is the zlib format (RFC 1950); some servers send the bare stream all the same.</remarks>
    private static bool IsZlib(byte[] coded) =>
        coded.Length >= 2 && (coded[0] & 0x0f) == 8 && BinaryPrimitives.ReadUInt16BigEndian(coded) % 31 == 0;

    /// <summary>The trailer is the last member's (RFC 1952 §2.2): its length is that of the body, or of the body's end that has its checksum.</summary>
    private static bool IsGzipWhole(ReadOnlySpan<byte> coded, ReadOnlySpan<byte> body)
    {
        if (coded.Length <= GzipTrailerLength)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(coded[^4..]);
        return length == body.Length || (length < body.Length && BinaryPrimitives.ReadUInt32LittleEndian(coded[^8..]) == Crc32(body[^(int)length..]));
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        const uint Polynomial = 0xedb8_8320;
        var crc = uint.MaxValue;
        foreach (var octet in bytes)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (Polynomial & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }

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
