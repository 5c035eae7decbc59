namespace Marketline.Platforms.Crawl;

/// <summary>
/// Reads a body within its limits: as sent, decompressed, and in the ratio of the two, so that a bomb ends early. A body of known
/// length is read straight into its own array.
/// </summary>
internal sealed class BodyReader(CrawlOptions options)
{
    public async Task<byte[]> ReadAsync(HttpContent content, BodyLimit limit, CancellationToken cancellationToken)
    {
        var length = content.Headers.ContentLength;
        if (length > limit.MaxBytes && !limit.IsTruncating)
        {
            throw new BodyTooLargeException($"The body has {length:N0} bytes, the limit is {limit.MaxBytes:N0}.");
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var raw = length <= limit.MaxBytes ? await ReadAsync(stream, (int)length, cancellationToken) : await ReadAsync(stream, limit, cancellationToken);
        return new BodyDecoder(options, limit, raw).Decode(content.Headers.ContentEncoding);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        var raw = GC.AllocateUninitializedArray<byte>(length);
        await stream.ReadExactlyAsync(raw, cancellationToken);
        return raw;
    }

    private static async Task<byte[]> ReadAsync(Stream stream, BodyLimit limit, CancellationToken cancellationToken)
    {
        using var buffer = new BodyBuffer();
        while (buffer.Count <= limit.MaxBytes && await stream.ReadAsync(buffer.Free(), cancellationToken) is > 0 and var read)
        {
            buffer.Add(read);
        }

        return buffer.Count <= limit.MaxBytes || limit.IsTruncating
            ? buffer.ToArray(Math.Min(buffer.Count, limit.MaxBytes))
            : throw new BodyTooLargeException($"The body has more than {limit.MaxBytes:N0} bytes.");
    }
}
