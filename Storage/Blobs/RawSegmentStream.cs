using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Marketline.Storage.Blobs;

/// <summary>
/// One segment of a raw archive while it is written: a stream that stages a block for every 4 MB, so that memory stays flat.
/// </summary>
public sealed class RawSegmentStream : Stream
{
    private const int BlockSize = 4 << 20;

    private readonly BlockBlobClient _blob;
    private readonly int _segment;
    private readonly List<string> _blockIds;
    private readonly MemoryStream _block = new();

    internal RawSegmentStream(BlockBlobClient blob, int segment, int blockCount, IEnumerable<string> earlierBlocks)
    {
        _blob = blob;
        _segment = segment;
        BlockCount = blockCount;
        _blockIds = [.. earlierBlocks];
    }

    /// <summary>The segment's blocks so far, with those that an earlier attempt has left.</summary>
    public int BlockCount { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Makes the archive end with what was written so far. What is written after it needs another one.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await StageAsync(cancellationToken);
        await _blob.CommitBlockListAsync(_blockIds, new CommitBlockListOptions(), cancellationToken);
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        await _block.WriteAsync(buffer, cancellationToken);
        if (_block.Length >= BlockSize)
        {
            await StageAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Buffers only: the block is staged by the next asynchronous write or by the commit.</summary>
    public override void Write(byte[] buffer, int offset, int count) => _block.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _block.Write(buffer);

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        _block.Length >= BlockSize ? StageAsync(cancellationToken) : Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _block.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        if (_block.Length == 0)
        {
            return;
        }

        var id = BlobRawArchiveStore.BlockId(_segment, BlockCount++);
        _block.Position = 0;
        await _blob.StageBlockAsync(id, _block, new BlockBlobStageBlockOptions(), cancellationToken);
        _blockIds.Add(id);
        _block.SetLength(0);
    }
}
