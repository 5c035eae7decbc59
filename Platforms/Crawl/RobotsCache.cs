using Marketline.Core.Crawl;
using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// The robots.txt of the origins met lately (RFC 9309 §2.3 and 2.4): a 4xx allows everything, so do too many redirects; a 5xx, 429 or no
/// answer forbids everything, for a minute. One request at a time for each origin; the least fresh goes when there are many.
/// </summary>
internal sealed class RobotsCache(IOptions<CrawlOptions> options, TimeProvider time)
{
    private const int MaxEntryCount = 1_000;
    private static readonly TimeSpan FailureMaxAge = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];

    /// <returns>Null when the walk was given back.</returns>
    public async ValueTask<RobotsVerdict?> GetAsync(
        Uri address,
        Func<Uri, CancellationToken, Task<WalkResult?>> fetch,
        CancellationToken cancellationToken
    )
    {
        var entry = EntryOf(address.GetLeftPart(UriPartial.Authority));
        if (entry.Verdict is { } known && known.ExpiresUtc > time.GetUtcNow())
        {
            return known;
        }

        await entry.Gate.WaitAsync(cancellationToken);
        try
        {
            if (entry.Verdict is { } fresh && fresh.ExpiresUtc > time.GetUtcNow())
            {
                return fresh;
            }

            var result = await fetch(new Uri(address, "/robots.txt"), cancellationToken);
            return result is null ? null : entry.Verdict = Judge(result.Answer, options.Value.ProductToken, options.Value.RobotsMaxAge, time.GetUtcNow());
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <param name="productToken">Whose rules are wanted.</param>
    internal static RobotsVerdict Judge(Answer answer, string productToken, TimeSpan maxAge, DateTimeOffset now)
    {
        return answer switch
        {
            { Failure: null } => new(RobotsRules.Parse(answer.Body.Span, productToken), null, now + maxAge),
            { Failure.Reason: FetchReasons.TooManyRedirects } or { StatusCode: >= 400 and < 500 and not 429 } =>
                new(RobotsRules.AllowAll, null, now + maxAge),
            { StatusCode: 429 or >= 500 } => Forbidden(FetchReasons.RobotsDisallowed),
            _ => Forbidden(answer.Failure.Reason),
        };

        RobotsVerdict Forbidden(string reason) =>
            new(
                RobotsRules.DisallowAll,
                new FetchFailure(reason, $"robots.txt was not to be had, which forbids crawling (RFC 9309): {answer.Failure.Detail}"),
                now + FailureMaxAge
            );
    }

    private Entry EntryOf(string origin)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(origin, out var entry))
            {
                if (_entries.Count >= MaxEntryCount)
                {
                    _entries.Remove(_entries.MinBy(pair => pair.Value.Verdict?.ExpiresUtc).Key);
                }

                entry = _entries[origin] = new Entry();
            }

            return entry;
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public volatile RobotsVerdict? Verdict;
    }
}
