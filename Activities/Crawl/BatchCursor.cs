using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Core.Storage;
using Marketline.Storage.Blobs;

namespace Marketline.Activities.Crawl;

/// <summary>What is left of a batch at the beginning of each of its segments, or where an attempt at one was stopped.</summary>
internal sealed class BatchCursor(BlobArtifactStore blobs, CrawlBatchInput input)
{
    public async Task<CrawlFrontier> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var cursor = BlobNames.Cursor(input.Run, input.Batch, input.Segment);
            await using var saved = await blobs.OpenReadAsync(input.Run.TenantId, cursor, cancellationToken);
            return (await JsonSerializer.DeserializeAsync<CrawlFrontier>(saved, JsonFormat.Options, cancellationToken))!;
        }
        catch (BlobMissingException) when (input.Segment == 0)
        {
            return await ReadTargetsAsync(cancellationToken);
        }
    }

    public async Task SaveAsync(int segment, CrawlFrontier frontier, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(frontier, JsonFormat.Options));
        await blobs.WriteAsync(input.Run.TenantId, BlobNames.Cursor(input.Run, input.Batch, segment), content, cancellationToken);
    }

    private async Task<CrawlFrontier> ReadTargetsAsync(CancellationToken cancellationToken)
    {
        var targets = new List<CrawlTarget>();
        var name = BlobNames.Targets(input.Run, input.Batch);
        await using var content = await blobs.OpenReadAsync(input.Run.TenantId, name, cancellationToken);
        await foreach (var target in TargetList.ReadAsync(content, cancellationToken))
        {
            targets.Add(target);
        }

        return CrawlFrontier.Start(targets);
    }
}
