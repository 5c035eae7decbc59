using System.Runtime.CompilerServices;
using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Json;

namespace Marketline.Activities.Crawl;

/// <summary>A batch's targets as JSON lines.</summary>
internal static class TargetList
{
    public static MemoryStream Write(IEnumerable<CrawlTarget> targets)
    {
        var stream = new MemoryStream();
        foreach (var target in targets)
        {
            JsonSerializer.Serialize(stream, target, JsonFormat.Options);
            stream.WriteByte((byte)'\n');
        }

        stream.Position = 0;
        return stream;
    }

    /// <exception cref="JsonException">A line is damaged; the ones before it have been returned.</exception>
    public static async IAsyncEnumerable<CrawlTarget> ReadAsync(
        Stream stream,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return JsonSerializer.Deserialize<CrawlTarget>(line, JsonFormat.Options)!;
        }
    }
}
