using Marketline.Core.Naming;

namespace Marketline.Core.Crawl;

/// <summary>
/// What is left of a batch: its cursor. A batch that was given back goes on from here, and fetches nothing again that it has
/// fetched.
/// </summary>
/// <param name="Remaining">The targets still to be fetched, in the batch's order, each address once.</param>
/// <param name="Done">
/// Digests of the addresses already done; kept only where pages add targets, which could otherwise come back to them.
/// </param>
public sealed record CrawlFrontier(IReadOnlyList<CrawlTarget> Remaining, IReadOnlyList<string> Done)
{
    public int SchemaVersion { get; init; } = 1;

    /// <summary>How many blocks of its segment the archive had when the cursor was stored on the way; what came after them is fetched again.</summary>
    public int BlockCount { get; init; }

    /// <summary>How many pages are in these.</summary>
    public int PageCount { get; init; }

    public static CrawlFrontier Start(IEnumerable<CrawlTarget> targets) => new([.. targets.DistinctBy(target => target.Url)], []);

    public static string DoneKey(CrawlTarget target) => Digest.Of(target.Url);
}
