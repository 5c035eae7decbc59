using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Crawl;

/// <summary>Asks a site's robots.txt about one address, in the way that the crawler would, for a person to see what it says.</summary>
public sealed class RobotsCheck(PageFetcherFactory fetchers, IOptions<CrawlOptions> options, TimeProvider time)
{
    /// <param name="agent">Whose rules to look for; null: the crawler's own. Requests go out under its own name in any case.</param>
    public async Task<RobotsReport> AskAsync(Uri address, string? agent, CancellationToken cancellationToken)
    {
        using var fetcher = fetchers.Create(throttle: null);
        var result = await fetcher.FetchRobotsAsync(new Uri(address, "/robots.txt"), cancellationToken);
        var answer = result!.Answer; // Without a time box nothing is given back.
        var name = agent ?? options.Value.ProductToken;
        var verdict = RobotsCache.Judge(answer, name, options.Value.RobotsMaxAge, time.GetUtcNow());
        return new RobotsReport
        {
            File = result.Address,
            StatusCode = answer.StatusCode,
            Agent = name,
            Rules = verdict.Rules,
            Decision = verdict.Rules.Decide(address),
            Problem = verdict.Failure?.Detail,
        };
    }
}
