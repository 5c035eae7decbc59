using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Marketline.Core.Crawl;

/// <summary>
/// Writes pages as WARC 1.1 (ISO 28500, <see href="https://iipc.github.io/warc-specifications/"/>), one gzip member for each
/// record, so that archives can be appended to, concatenated and read by the field's tools. The same pages give the same bytes.
/// Memory is one record.
/// </summary>
/// <remarks>
/// Bodies are stored decoded, with a head of what is known of the answer: status, Content-Type, length. What a failed target
/// leaves is a response without a body when the site answered, else a metadata record. A page that is the same as before is a revisit
/// record (a metadata record when it was not asked for) that carries what was known of it, so that the archive needs no other file to be read. Each member says its length in gzip's
/// extra field "sl" (of WARC 0.9, ignored by other tools), so that damage is found where it is.
/// </remarks>
public sealed class WarcWriter(Stream output) : IDisposable
{
    internal const int GzipHeadLength = 24;
    private const int PlainGzipHeadLength = 10;
    private const byte HasExtraField = 4;

    private readonly MemoryStream _record = new();

    public ValueTask WriteInfoAsync(WarcInfo info, CancellationToken cancellationToken)
    {
        var block = $"software: {info.Software}\r\nformat: WARC File Format 1.1\r\n"
            + "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
            + $"robots: obey\r\nhttp-header-user-agent: {info.UserAgent}\r\n";
        var date = WarcFields.Of(info.CreatedUtc);
        var head = new StringBuilder(512).Append(WarcFields.Version).Append("\r\n");
        Field(head, WarcFields.Type, "warcinfo");
        Field(head, WarcFields.Date, date);
        Field(head, WarcFields.RecordId, WarcFields.IdOf("warcinfo", date, block));
        Field(head, WarcFields.ContentType, "application/warc-fields");
        return WriteRecordAsync(head, block, default, cancellationToken);
    }

    public ValueTask WriteAsync(FetchedPage page, CancellationToken cancellationToken)
    {
        var hasAnswer = page.StatusCode > 0 || !page.Body.IsEmpty;
        var block = hasAnswer ? HttpHead(page) : page.Known is null ? FailureBlock(page) : "sitemap: unchanged\r\n";
        return WriteRecordAsync(RecordHead(page, hasAnswer), block, page.Body, cancellationToken);
    }

    public void Dispose() => _record.Dispose();

    private static StringBuilder RecordHead(FetchedPage page, bool hasAnswer)
    {
        var type = !hasAnswer ? "metadata" : page.Known is null ? "response" : "revisit";
        var date = WarcFields.Of(page.FetchedUtc);
        var digest = hasAnswer && page.Known is null ? WarcFields.DigestOf(page.Body.Span) : "";
        var head = new StringBuilder(1024).Append(WarcFields.Version).Append("\r\n");
        Field(head, WarcFields.Type, type);
        Field(head, WarcFields.TargetUri, page.Url);
        Field(head, WarcFields.Date, date);
        Field(head, WarcFields.RecordId, WarcFields.IdOf(type, page.Url, date, digest));
        Field(head, WarcFields.PayloadDigest, digest);
        Field(head, WarcFields.Truncated, hasAnswer ? Truncation(page.FailureReason) : "");
        Field(head, WarcFields.ContentType, hasAnswer ? "application/http;msgtype=response" : "application/warc-fields");
        Revisit(head, page, hasAnswer);
        Field(head, WarcFields.ETag, WarcFields.Escape(page.ETag ?? ""));
        Field(head, WarcFields.LastModified, WarcFields.Escape(page.LastModified ?? ""));
        Field(head, WarcFields.FinalUrl, page.FinalUrl == page.Url ? "" : WarcFields.Escape(page.FinalUrl));
        Field(head, WarcFields.PageContentType, IsInHttpHead(page, hasAnswer) ? "" : WarcFields.Escape(page.ContentType));
        Field(head, WarcFields.Status, page.StatusCode.ToString(CultureInfo.InvariantCulture));
        Field(head, WarcFields.AttemptCount, page.AttemptCount.ToString(CultureInfo.InvariantCulture));
        Field(head, WarcFields.ElapsedTicks, page.Elapsed.Ticks.ToString(CultureInfo.InvariantCulture));
        Field(head, WarcFields.Rendered, page.IsRendered ? "true" : "");
        Field(head, WarcFields.FailureReason, WarcFields.Escape(page.FailureReason ?? ""));
        Field(head, WarcFields.FailureDetail, WarcFields.Escape(page.FailureDetail ?? ""));
        return head;
    }

    private static void Revisit(StringBuilder head, FetchedPage page, bool hasAnswer)
    {
        if (page.Known is { } known)
        {
            Field(head, WarcFields.Profile, !hasAnswer ? "" : page.StatusCode == 304 ? WarcFields.NotModified : WarcFields.SameBody);
            Field(head, WarcFields.RefersToUri, page.Url);
            Field(head, WarcFields.RefersToDate, WarcFields.Of(known.Version.ReadUtc));
            Field(head, WarcFields.KnownPage, Convert.ToBase64String(KnownPageFormat.Write(known)));
        }
    }

    private static string HttpHead(FetchedPage page)
    {
        var type = page.ContentType.Length > 0 && IsInHttpHead(page, hasAnswer: true) ? $"Content-Type: {page.ContentType}\r\n" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {page.StatusCode:D3} \r\n{type}Content-Length: {page.Body.Length}\r\n\r\n"
        );
    }

    private static bool IsInHttpHead(FetchedPage page, bool hasAnswer) => hasAnswer && WarcFields.IsPlain(page.ContentType);

    private static string FailureBlock(FetchedPage page) =>
        $"failureReason: {WarcFields.Escape(page.FailureReason ?? "")}\r\nfailureDetail: {WarcFields.Escape(page.FailureDetail ?? "")}\r\n";

    private static string Truncation(string? reason) =>
        reason switch
        {
            FetchReasons.TooLarge => "length",
            FetchReasons.TimedOut => "time",
            FetchReasons.CutOff => "disconnect",
            _ => "",
        };

    private static void Field(StringBuilder head, string name, string value)
    {
        if (value.Length > 0)
        {
            head.Append(name).Append(": ").Append(WarcFields.IsPlain(value) ? value : WarcFields.Escape(value)).Append("\r\n");
        }
    }

    private async ValueTask WriteRecordAsync(
        StringBuilder head,
        string block,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        var blockBytes = Encoding.UTF8.GetBytes(block);
        Field(head, WarcFields.ContentLength, (blockBytes.Length + (long)body.Length).ToString(CultureInfo.InvariantCulture));
        var headBytes = Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());

        _record.SetLength(GzipHeadLength - PlainGzipHeadLength);
        _record.Position = _record.Length;
        using (var gzip = new GZipStream(_record, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(headBytes);
            gzip.Write(blockBytes);
            gzip.Write(body.Span);
            gzip.Write("\r\n\r\n"u8);
        }

        WriteGzipHead(_record.GetBuffer(), (int)_record.Length, headBytes.Length + blockBytes.Length + body.Length + 4);
        await output.WriteAsync(_record.GetBuffer().AsMemory(0, (int)_record.Length), cancellationToken);
    }

    /// <summary>Replaces gzip's plain head by one with the lengths, no time and no system (RFC 1952 §2.3).</summary>
    private static void WriteGzipHead(Span<byte> member, int memberLength, int recordLength)
    {
        member[..GzipHeadLength].Clear();
        member[0] = 0x1f;
        member[1] = 0x8b;
        member[2] = 8;
        member[3] = HasExtraField;
        member[9] = 255;
        member[10] = 12;
        member[12] = (byte)'s';
        member[13] = (byte)'l';
        member[14] = 8;
        BinaryPrimitives.WriteInt32LittleEndian(member[16..], memberLength);
        BinaryPrimitives.WriteInt32LittleEndian(member[20..], recordLength);
    }
}
