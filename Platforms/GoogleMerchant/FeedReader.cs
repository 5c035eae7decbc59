using System.Runtime.InteropServices;

namespace Marketline.Platforms.GoogleMerchant;

/// <summary>
/// Streams the rows of a feed in one of the formats that Google takes
/// (https://support.google.com/merchants/answer/160567 for tables, https://support.google.com/merchants/answer/160589 for XML).
/// Memory: one row, however long the feed is. A damaged row comes as one, in its place.
/// </summary>
internal static class FeedReader
{
    public static IEnumerable<FeedRow> Read(ReadOnlyMemory<byte> body, string contentType, long maxBytes) =>
        Read(
            MemoryMarshal.TryGetArray(body, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(body.ToArray()),
            body.Span.StartsWith<byte>([0x1f, 0x8b]),
            contentType,
            maxBytes
        );

    public static IEnumerable<FeedRow> Read(Stream content, bool isGzip, string contentType, long maxBytes)
    {
        using var text = new FeedText(content, isGzip, contentType, maxBytes);
        var window = new FeedWindow(text);
        var count = 0;
        foreach (var row in IsXml(window) ? new FeedItems(window).Read() : new FeedLines(window).Read())
        {
            count = row.Number;
            yield return row;
        }

        if (text.Problem is { } problem)
        {
            yield return FeedRow.Damaged(count + 1, problem);
        }
    }

    private static bool IsXml(FeedWindow window)
    {
        while (window.Rest.IsWhiteSpace() && window.Grow()) { }

        return window.Rest.TrimStart().StartsWith("<");
    }
}
