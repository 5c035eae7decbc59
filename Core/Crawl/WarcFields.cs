using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Marketline.Core.Crawl;

/// <summary>The names and written forms of WARC's named fields, the standard's (ISO 28500) and our own.</summary>
internal static class WarcFields
{
    public const string Version = "WARC/1.1";
    public const string Type = "WARC-Type";
    public const string TargetUri = "WARC-Target-URI";
    public const string Date = "WARC-Date";
    public const string RecordId = "WARC-Record-ID";
    public const string PayloadDigest = "WARC-Payload-Digest";
    public const string Truncated = "WARC-Truncated";
    public const string Profile = "WARC-Profile";
    public const string RefersToUri = "WARC-Refers-To-Target-URI";
    public const string RefersToDate = "WARC-Refers-To-Date";
    public const string ContentType = "Content-Type";
    public const string ContentLength = "Content-Length";

    public const string Status = "Marketline-Status";
    public const string FinalUrl = "Marketline-Final-Url";
    public const string AttemptCount = "Marketline-Attempt-Count";
    public const string ElapsedTicks = "Marketline-Elapsed-Ticks";
    public const string FailureReason = "Marketline-Failure-Reason";
    public const string FailureDetail = "Marketline-Failure-Detail";
    public const string Rendered = "Marketline-Rendered";
    public const string PageContentType = "Marketline-Content-Type";
    public const string ETag = "Marketline-ETag";
    public const string LastModified = "Marketline-Last-Modified";
    public const string KnownPage = "Marketline-Known-Page";

    /// <summary>Why a <c>revisit</c> record has no body (WARC 1.1, §6.7.2 and §6.7.3).</summary>
    public const string NotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";
    public const string SameBody = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

    private const string DigestPrefix = "sha256:";
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset ParseDate(string text) =>
        DateTimeOffset.ParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string DigestOf(ReadOnlySpan<byte> payload) => DigestPrefix + Convert.ToHexStringLower(SHA256.HashData(payload));

    /// <summary>The body's <see cref="Naming.Digest"/>, which is the beginning of it.</summary>
    public static string ShortDigest(string digest) => digest.Substring(DigestPrefix.Length, 32);

    /// <summary>An id that follows from the record's content (a UUID of version 8, RFC 9562 §5.8).</summary>
    public static string IdOf(params ReadOnlySpan<string> parts)
    {
        var id = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0f) | 0x80);
        id[8] = (byte)((id[8] & 0x3f) | 0x80);
        return $"<urn:uuid:{new Guid(id, bigEndian: true)}>";
    }

    /// <summary>What stands in a line as it is; anything else is percent-encoded by <see cref="Escape"/>.</summary>
    public static bool IsPlain(string value) => value.AsSpan().Trim(' ').Length == value.Length && !value.Any(char.IsControl);

    public static string Escape(string value)
    {
        if (IsPlain(value) && !value.Contains('%'))
        {
            return value;
        }

        var text = new StringBuilder(value.Length + 8);
        for (var i = 0; i < value.Length; i++)
        {
            var isOuterSpace = value[i] == ' ' && (i == 0 || i == value.Length - 1);
            text.Append(char.IsControl(value[i]) || value[i] == '%' || isOuterSpace ? Uri.EscapeDataString(value[i].ToString()) : value[i].ToString());
        }

        return text.ToString();
    }

    public static string Unescape(string value) => Uri.UnescapeDataString(value);
}
