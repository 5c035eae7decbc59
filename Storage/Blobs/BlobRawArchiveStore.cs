using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Marketline.Core.Naming;
using Marketline.Core.Runs;

namespace Marketline.Storage.Blobs;

/// <summary>
/// Raw batches, written in segments (one per time box). A segment's blocks carry its number, and committing it replaces what
/// an earlier attempt at the same segment left: running a segment twice gives the archive once.
/// </summary>
public sealed class BlobRawArchiveStore(BlobContainers containers)
{
    /// <summary>Opens the stream for a segment; nothing of it is visible before <see cref="RawSegmentStream.CommitAsync"/>.</summary>
    public async Task<RawSegmentStream> OpenSegmentAsync(RunRef run, int batch, int segment, CancellationToken cancellationToken)
    {
        var container = await containers.GetAsync(run.TenantId);
        var blob = container.GetBlockBlobClient(BlobNames.Raw(run, batch));
        var earlier = segment == 0 ? [] : await EarlierBlocksAsync(blob, segment, cancellationToken);
        return new RawSegmentStream(blob, segment, earlier);
    }

    internal static string BlockId(int segment, int part) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{segment:D6}-{part:D6}")));

    private static async Task<List<string>> EarlierBlocksAsync(
        BlockBlobClient blob,
        int segment,
        CancellationToken cancellationToken
    )
    {
        var limit = BlockId(segment, 0);
        try
        {
            var list = await blob.GetBlockListAsync(BlockListTypes.Committed, cancellationToken: cancellationToken);
            return
            [
                .. list.Value.CommittedBlocks.Select(block => block.Name).Where(name => IsBefore(name, limit)),
            ];
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            // Gone since the last time box: the batch goes on, and cleaning reports the targets that are missing.
            return [];
        }
    }

    private static bool IsBefore(string blockId, string limit) =>
        string.CompareOrdinal(Decode(blockId), Decode(limit)) < 0;

    private static string Decode(string blockId) => Encoding.ASCII.GetString(Convert.FromBase64String(blockId));
}
