using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Marketline.Platforms.Extract;

/// <summary>
/// Finds a page's character encoding. A byte order mark wins; then bytes that are valid UTF-8 and not plain ASCII are UTF-8,
/// whatever is declared (no other encoding in use looks like it by chance); then the Content-Type header, the page's own meta
/// element, and windows-1252, which is what browsers take for the unknown (https://encoding.spec.whatwg.org/).
/// </summary>
internal static class PageDecoder
{
    private const int MetaSearchLength = 4096;

    static PageDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static PageText Decode(ReadOnlyMemory<byte> body, string contentType)
    {
        var bytes = body.Span;
        var (encoding, markLength) = Detect(bytes, contentType);
        bytes = bytes[markLength..];
        var buffer = ArrayPool<char>.Shared.Rent(Math.Max(encoding.GetMaxCharCount(bytes.Length), 1));
        return new PageText(buffer, encoding.GetChars(bytes, buffer));
    }

    /// <param name="bytes">The body, or how it begins.</param>
    /// <param name="contentType">As sent.</param>
    internal static (Encoding Encoding, int MarkLength) Detect(ReadOnlySpan<byte> bytes, string contentType)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]))
        {
            return (Encoding.UTF8, 3);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]))
        {
            return (Encoding.Unicode, 2);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
        {
            return (Encoding.BigEndianUnicode, 2);
        }

        var declared = CharsetLabel.Find(contentType) ?? CharsetLabel.FindInMeta(bytes[..Math.Min(bytes.Length, MetaSearchLength)]);
        var isUtf8 = declared is not { CodePage: CharsetLabel.Iso2022Jp } && IsUtf8(bytes, declared);
        return (isUtf8 ? Encoding.UTF8 : NotUtf8(bytes, declared), 0);
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes, Encoding? declared)
    {
        if (Utf8.IsValid(bytes[..WholeLength(bytes)]))
        {
            return true;
        }

        return declared is null or UTF8Encoding && IsMostlyUtf8(bytes);
    }

    /// <summary>What declares UTF-8 and is not: the page's own meta element if the header lied, else windows-1252.</summary>
    private static Encoding NotUtf8(ReadOnlySpan<byte> bytes, Encoding? declared)
    {
        if (declared is not null and not UTF8Encoding)
        {
            return declared;
        }

        var meta = CharsetLabel.FindInMeta(bytes[..Math.Min(bytes.Length, MetaSearchLength)]);
        return meta is null or UTF8Encoding ? Encoding.GetEncoding(1252) : meta;
    }

    /// <summary>Without a last character that a cut-off left incomplete.</summary>
    private static int WholeLength(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var value = bytes[^back];
            if (value < 0x80)
            {
                break;
            }

            if (value >= 0xc0)
            {
                var needed = value >= 0xf0 ? 4 : value >= 0xe0 ? 3 : 2;
                return needed > back ? bytes.Length - back : bytes.Length;
            }
        }

        return bytes.Length;
    }

    /// <summary>A page pieced together from two encodings keeps the one that most of its characters are in.</summary>
    private static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var (good, bad) = (0, 0);
        while (bytes.Length > 0)
        {
            var skip = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xff);
            if (skip < 0)
            {
                break;
            }

            bytes = bytes[skip..];
            var isGood = Rune.DecodeFromUtf8(bytes, out _, out var length) == OperationStatus.Done;
            (good, bad) = isGood ? (good + 1, bad) : (good, bad + 1);
            bytes = bytes[length..];
        }

        return good > bad;
    }
}
