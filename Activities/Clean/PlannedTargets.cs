using System.Text.Json;
using Marketline.Activities.Crawl;
using Marketline.Core.Clean;
using Marketline.Core.Naming;
using Marketline.Core.Storage;
using Marketline.Storage.Blobs;

namespace Marketline.Activities.Clean;

/// <summary>The targets that a batch was planned with, as URLs; made-up ones for those whose list is lost or cut off.</summary>
internal static class PlannedTargets
{
    /// <param name="pageCount">Pages that are accounted for already: lost targets are counted beyond these.</param>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        BlobArtifactStore blobs,
        CleanBatchInput input,
        int pageCount,
        CancellationToken cancellationToken
    )
    {
        var urls = new List<string>(input.TargetCount);
        try
        {
            var name = BlobNames.Targets(input.Run, input.Batch);
            await using var content = await blobs.OpenReadAsync(input.Run.TenantId, name, cancellationToken);
            await foreach (var target in TargetList.ReadAsync(content, cancellationToken))
            {
                urls.Add(target.Url);
            }
        }
        catch (Exception failure) when (failure is BlobMissingException or JsonException)
        {
            // What could be read is in the list, the rest is counted below.
        }

        for (var lost = Math.Max(urls.Count, pageCount); lost < input.TargetCount; lost++)
        {
            urls.Add($"lost:{input.Run.RunId}/batch-{input.Batch}/{lost}");
        }

        return urls;
    }
}
