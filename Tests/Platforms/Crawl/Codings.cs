using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>What servers do to bodies.</summary>
internal static class Codings
{
    private const int FastLevel = 1;

    /// <param name="coding">As in Content-Encoding; <c>deflate-raw</c> is the form without zlib's head.</param>
    public static byte[] Compress(string coding, byte[] bytes)
    {
        if (coding == "zstd")
        {
            return Zstd(bytes);
        }

        using var buffer = new MemoryStream();
        using (
            Stream stream = coding switch
            {
                "gzip" or "x-gzip" => new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true),
                "br" => new BrotliStream(buffer, CompressionLevel.Fastest, leaveOpen: true),
                "deflate" => new ZLibStream(buffer, CompressionLevel.Fastest, leaveOpen: true),
                "deflate-raw" => new DeflateStream(buffer, CompressionLevel.Fastest, leaveOpen: true),
                _ => throw new ArgumentOutOfRangeException(nameof(coding), coding, null),
            }
        )
        {
            stream.Write(bytes);
        }

        return buffer.ToArray();
    }

    private static byte[] Zstd(byte[] bytes)
    {
        var frame = new byte[ZstdBound((nuint)bytes.Length)];
        return frame[..(int)ZstdCompress(frame, (nuint)frame.Length, bytes, (nuint)bytes.Length, FastLevel)];
    }

    [DllImport("libzstd.so.1", EntryPoint = "ZSTD_compressBound")]
    private static extern nuint ZstdBound(nuint size);

    [DllImport("libzstd.so.1", EntryPoint = "ZSTD_compress")]
    private static extern nuint ZstdCompress(byte[] target, nuint capacity, byte[] source, nuint size, int level);
}
