namespace Azure.Data.Tables.Transactions;

/// <summary>Takes the answers of a change set apart: one for each action, or the only one that failed.</summary>
internal static class MultipartResponse
{
    private static ReadOnlySpan<byte> BoundaryParameter => "boundary="u8;

    private static ReadOnlySpan<byte> StatusLine => "HTTP/1.1 "u8;

    public static IReadOnlyList<Response> Parse(ReadOnlyMemory<byte> body)
    {
        var separator = Separator(body.Span);
        List<Response> parts = [];
        var rest = body[(body.Span.IndexOf(separator) is var first and >= 0 ? first : body.Length)..];
        while (rest.Length > 0)
        {
            var next = rest.Span[separator.Length..].IndexOf(separator);
            var part = next < 0 ? rest : rest[..(separator.Length + next)];
            rest = rest[part.Length..];
            var start = part.Span.IndexOf(StatusLine);
            if (start >= 0)
            {
                parts.Add(new PartResponse(part[start..]));
            }
        }

        return parts.Count > 0 ? parts : throw Unreadable();
    }

    /// <summary>The change set's boundary stands in the header of the batch's only part.</summary>
    private static ReadOnlySpan<byte> Separator(ReadOnlySpan<byte> body)
    {
        var at = body.IndexOf(BoundaryParameter);
        if (at < 0)
        {
            throw Unreadable();
        }

        var boundary = body[(at + BoundaryParameter.Length)..];
        boundary = boundary[..Math.Max(boundary.IndexOfAny("\r\n;"u8), 0)].Trim("\" "u8);
        byte[] separator = [.. "--"u8, .. boundary];
        return boundary.Length > 0 ? separator : throw Unreadable();
    }

    private static RequestFailedException Unreadable() => new("The service's answer to a transaction is no multipart response.");
}
