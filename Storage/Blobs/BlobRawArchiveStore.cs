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
    /// <param name="run">Whose archive.</param>
    /// <param name="batch">Which part of it.</param>
    /// <param name="segment">From 0.</param>
    /// <param name="blockCount">What an earlier attempt has left of the segment and is kept; see <see cref="RawSegmentStream.BlockCount"/>.</param>
    /// <param name="cancellationToken">Ends the reading of what is there.</param>
    public async Task<RawSegmentStream> OpenSegmentAsync(RunRef run, int batch, int segment, int blockCount, CancellationToken cancellationToken)
    {
        var container = await containers.GetAsync(run.TenantId);
        var blob = container.GetBlockBlobClient(BlobNames.Raw(run, batch));
        var earlier = segment == 0 && blockCount == 0 ? [] : await EarlierBlocksAsync(blob, BlockId(segment, blockCount), cancellationToken);
        return new RawSegmentStream(blob, segment, blockCount, earlier);
    }

    internal static string BlockId(int segment, int part) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{segment:D6}-{part:D6}")));

    private static async Task<List<string>> EarlierBlocksAsync(
        BlockBlobClient blob,
        string limit,
        CancellationToken cancellationToken
    )
    {
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
