using System.Globalization;
using System.Text;

namespace Marketline.Core.Crawl;

/// <summary>The way back from a record's bytes to the page; the body stays where it is, uncopied.</summary>
internal static class WarcRecord
{
    private static ReadOnlySpan<byte> BlankLine => "\r\n\r\n"u8;

    /// <returns>Null for a record that is no page, such as the archive's own description.</returns>
    /// <exception cref="FormatException">The bytes are no such record.</exception>
    public static FetchedPage? Parse(ReadOnlyMemory<byte> record)
    {
        var headEnd = EndOfHead(record.Span);
        var fields = Fields(record.Span[..headEnd], WarcFields.Version);
        var block = record[headEnd..^BlankLine.Length];
        if (!record.Span.EndsWith(BlankLine) || Number(fields, WarcFields.ContentLength) != block.Length)
        {
            throw new FormatException("The record's length is not what it says.");
        }

        return Required(fields, WarcFields.Type) switch
        {
            "response" => Response(fields, block),
            "revisit" => Page(fields, "", default) with { Known = Known(fields) },
            "metadata" => Page(fields, "", default) with { Known = fields.ContainsKey(WarcFields.KnownPage) ? Known(fields) : null },
            _ => null,
        };
    }

    private static FetchedPage Response(Dictionary<string, string> fields, ReadOnlyMemory<byte> block)
    {
        var headEnd = EndOfHead(block.Span);
        var http = Fields(block.Span[..headEnd], "HTTP/1.1 ");
        var body = block[headEnd..];
        var digest = WarcFields.DigestOf(body.Span);
        return Required(fields, WarcFields.PayloadDigest) == digest
            ? Page(fields, http.GetValueOrDefault(WarcFields.ContentType, ""), body) with { BodyDigest = WarcFields.ShortDigest(digest) }
            : throw new FormatException("The body is not the one that was written.");
    }

    private static KnownPage Known(Dictionary<string, string> fields) =>
        KnownPageFormat.Read(Convert.FromBase64String(Required(fields, WarcFields.KnownPage)));

    private static FetchedPage Page(Dictionary<string, string> fields, string contentType, ReadOnlyMemory<byte> body)
    {
        var url = Required(fields, WarcFields.TargetUri);
        return new FetchedPage
        {
            Url = url,
            FinalUrl = Text(fields, WarcFields.FinalUrl) ?? url,
            FetchedUtc = WarcFields.ParseDate(Required(fields, WarcFields.Date)),
            StatusCode = (int)Number(fields, WarcFields.Status),
            ContentType = Text(fields, WarcFields.PageContentType) ?? contentType,
            Body = body,
            IsRendered = fields.ContainsKey(WarcFields.Rendered),
            FailureReason = Text(fields, WarcFields.FailureReason),
            FailureDetail = Text(fields, WarcFields.FailureDetail),
            ETag = Text(fields, WarcFields.ETag),
            LastModified = Text(fields, WarcFields.LastModified),
            AttemptCount = (int)Number(fields, WarcFields.AttemptCount),
            Elapsed = TimeSpan.FromTicks(Number(fields, WarcFields.ElapsedTicks)),
        };
    }

    private static int EndOfHead(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf(BlankLine);
        return end < 0 ? throw new FormatException("The head has no end.") : end + BlankLine.Length;
    }

    private static Dictionary<string, string> Fields(ReadOnlySpan<byte> head, string firstLine)
    {
        var lines = Encoding.UTF8.GetString(head).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        if (!lines[0].StartsWith(firstLine, StringComparison.Ordinal))
        {
            throw new FormatException($"The head does not begin with '{firstLine}'.");
        }

        var fields = new Dictionary<string, string>(lines.Length, StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            fields[colon < 0 ? throw new FormatException("A line of the head is no field.") : line[..colon]] = line[(colon + 2)..];
        }

        return fields;
    }

    private static string Required(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var value) ? value : throw new FormatException($"The record has no {name}.");

    private static string? Text(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var value) ? WarcFields.Unescape(value) : null;

    private static long Number(Dictionary<string, string> fields, string name) =>
        long.Parse(Required(fields, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
