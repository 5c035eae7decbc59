using System.Buffers;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// Reads a body within its limits: as sent, decompressed, and in the ratio of the two, so that a bomb ends early. Buffers are
/// pooled; a body of known length is read straight into its own array.
/// </summary>
internal sealed class BodyReader(int maxCompressionRatio)
{
    private const int FirstBufferBytes = 64 * 1024;

    public async Task<byte[]> ReadAsync(HttpContent content, BodyLimit limit, CancellationToken cancellationToken)
    {
        var length = content.Headers.ContentLength;
        if (length > limit.MaxBytes && !limit.IsTruncating)
        {
            throw new BodyTooLargeException($"The body has {length:N0} bytes, the limit is {limit.MaxBytes:N0}.");
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var codings = content.Headers.ContentEncoding;
        if (codings.Count == 0 && length <= limit.MaxBytes)
        {
            var body = GC.AllocateUninitializedArray<byte>((int)length);
            await stream.ReadExactlyAsync(body, cancellationToken);
            return body;
        }

        var raw = ArrayPool<byte>.Shared.Rent((int)Math.Min(limit.MaxBytes, length + 1 ?? FirstBufferBytes));
        try
        {
            var count = 0;
            while (count <= limit.MaxBytes && await stream.ReadAsync(raw.AsMemory(count), cancellationToken) is > 0 and var read)
            {
                count += read;
                raw = count == raw.Length ? Grow(raw) : raw;
            }

            return Finish(raw, count, string.Join(", ", codings).ToLowerInvariant(), limit);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(raw);
        }
    }

    private byte[] Finish(byte[] raw, int count, string coding, BodyLimit limit)
    {
        if (count > limit.MaxBytes && !limit.IsTruncating)
        {
            throw new BodyTooLargeException($"The body has more than {limit.MaxBytes:N0} bytes.");
        }

        count = Math.Min(count, limit.MaxBytes);
        return coding is "" or "identity" ? raw[..count] : new BodyDecoder(maxCompressionRatio, limit).Decode(coding, raw, count);
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
