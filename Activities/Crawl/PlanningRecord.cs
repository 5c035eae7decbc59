using System.Runtime.CompilerServices;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Storage;
using Marketline.Platforms.Crawl;
using Marketline.Storage.Blobs;

namespace Marketline.Activities.Crawl;

/// <summary>What the time boxes of a site's planning have fetched: the earlier ones' from their archives, this one's into a file.</summary>
internal sealed class PlanningRecord : IAsyncDisposable
{
    private readonly BlobArtifactStore _blobs;
    private readonly PlanTargetsInput _input;
    private readonly IAsyncEnumerator<FetchedPage> _earlier;
    private readonly TemporaryFile _file = new(".warc.gz");
    private readonly FileStream _stream;
    private readonly WarcWriter _archive;

    private PlanningRecord(BlobArtifactStore blobs, PlanTargetsInput input, PageFetcher fetcher, CancellationToken cancellationToken)
    {
        _blobs = blobs;
        _input = input;
        _earlier = EarlierAsync(blobs, input, cancellationToken).GetAsyncEnumerator(cancellationToken);
        _stream = File.Create(_file.Path);
        _archive = new WarcWriter(_stream);
        Fetcher = new PlanningFetcher(fetcher, _earlier, _archive);
    }

    public PlanningFetcher Fetcher { get; }

    public static PlanningRecord Open(BlobArtifactStore blobs, PlanTargetsInput input, PageFetcher fetcher, CancellationToken cancellationToken) =>
        new(blobs, input, fetcher, cancellationToken);

    /// <summary>Leaves what was fetched to the next time box.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await _stream.FlushAsync(cancellationToken);
        _stream.Position = 0;
        await _blobs.WriteAsync(_input.Run.TenantId, Name(_input, _input.Segment), _stream, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _earlier.DisposeAsync();
        _archive.Dispose();
        await _stream.DisposeAsync();
        _file.Dispose();
    }

    private static async IAsyncEnumerable<FetchedPage> EarlierAsync(
        BlobArtifactStore blobs,
        PlanTargetsInput input,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var segment = 0; segment < input.Segment; segment++)
        {
            if (await TryOpenAsync(blobs, input, segment, cancellationToken) is not { } content)
            {
                // Gone: from here on the site is asked again.
                yield break;
            }

            await using var _ = content;
            await foreach (var page in new WarcReader(content).ReadPagesAsync(cancellationToken))
            {
                yield return page;
            }
        }
    }

    private static async Task<Stream?> TryOpenAsync(BlobArtifactStore blobs, PlanTargetsInput input, int segment, CancellationToken cancellationToken)
    {
        try
        {
            return await blobs.OpenReadAsync(input.Run.TenantId, Name(input, segment), cancellationToken);
        }
        catch (BlobMissingException)
        {
            return null;
        }
    }

    private static string Name(PlanTargetsInput input, int segment) =>
        BlobNames.Planning(input.Run, BatchNumbers.SiteOf(input.FirstBatch), segment);
}
