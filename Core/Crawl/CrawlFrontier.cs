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

    public static CrawlFrontier Start(IEnumerable<CrawlTarget> targets) => new([.. targets.DistinctBy(target => target.Url)], []);

    public static string DoneKey(CrawlTarget target) => Digest.Of(target.Url);
}
