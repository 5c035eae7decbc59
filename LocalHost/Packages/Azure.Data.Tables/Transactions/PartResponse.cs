using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Azure.Core;

namespace Azure.Data.Tables.Transactions;

/// <summary>One answer inside a multipart response. Headers are taken apart only if somebody asks for them.</summary>
internal sealed class PartResponse : Response
{
    private readonly ReadOnlyMemory<byte> head;

    public PartResponse(ReadOnlyMemory<byte> part)
    {
        head = part[..HeadLength(part.Span)];
        var body = part[head.Length..].Trim("\r\n"u8);
        ContentStream = body.IsEmpty ? null : new MemoryStream(body.ToArray());

        var code = head.Span[(head.Span.IndexOf((byte)' ') + 1)..];
        Status = int.Parse(code[..3], CultureInfo.InvariantCulture);
        ReasonPhrase = Encoding.ASCII.GetString(code[3..(code.IndexOfAny("\r\n"u8) is var end and > 3 ? end : 3)]).Trim();
    }

    public override int Status { get; }

    public override string ReasonPhrase { get; }

    public override bool IsError => Status >= 400;

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = EnumerateHeaders().FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }

    protected override IEnumerable<HttpHeader> EnumerateHeaders() =>
        from line in Encoding.UTF8.GetString(head.Span).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Skip(1)
        let colon = line.IndexOf(':', StringComparison.Ordinal)
        where colon > 0
        select new HttpHeader(line[..colon], line[(colon + 1)..].Trim());

    private static int HeadLength(ReadOnlySpan<byte> part)
    {
        var windows = part.IndexOf("\r\n\r\n"u8);
        var unix = part.IndexOf("\n\n"u8);
        return (windows, unix) switch
        {
            ( < 0, < 0) => part.Length,
            ( < 0, _) => unix,
            (_, < 0) => windows,
            _ => Math.Min(windows, unix),
        };
    }
}
