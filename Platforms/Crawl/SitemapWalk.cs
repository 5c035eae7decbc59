using Marketline.Core.Crawl;
using Marketline.Core.Naming;

namespace Marketline.Platforms.Crawl;

/// <summary>Which sitemaps of a site are still to be read, and which of their entries are new targets.</summary>
internal sealed class SitemapWalk(SitePlan site, Func<Uri, bool> isWanted) : IDisposable
{
    private const int MaxDepth = 3;
    private const int MaxSitemapCount = 50_000;

    private readonly SiteScope _scope = new(site.BaseUrl);
    private readonly AddressSet _seen = new();
    private readonly AddressSet _seenSitemaps = new();
    private readonly Queue<(Uri Address, int Depth)> _sitemaps = [];
    private readonly Queue<Uri> _guesses = new([new(site.BaseUrl, "sitemap.xml"), new(site.BaseUrl, "sitemap_index.xml")]);
    private (Uri Address, int Depth) _current;
    private int _sitemapCount;
    private int _targetCount;
    private bool _hasRead;
    private string? _problem;

    /// <summary>robots.txt may name sitemaps on other hosts; their entries still have to be of this site.</summary>
    public void Declare(IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            if (Uri.TryCreate(site.BaseUrl, address, out var sitemap))
            {
                Enqueue(sitemap, depth: 0);
            }
        }
    }

    public Uri? TryNext()
    {
        if (_targetCount >= site.MaxTargetCount)
        {
            return null;
        }

        if (_sitemaps.TryDequeue(out _current))
        {
            return _current.Address;
        }

        if (_hasRead || !_guesses.TryDequeue(out var guess))
        {
            return null;
        }

        _current = (guess, 0);
        return guess;
    }

    public CrawlTarget? Take(SitemapEntry entry)
    {
        var isAddress = entry.Location.StartsWith('/') || entry.Location.Contains("://", StringComparison.Ordinal);
        if (!isAddress || _targetCount >= site.MaxTargetCount || !Uri.TryCreate(_current.Address, entry.Location, out var address))
        {
            return null;
        }

        if (entry.IsSitemap)
        {
            if (_current.Depth < MaxDepth && (_scope.Contains(address) || SiteScope.IsSameSite(address, _current.Address)))
            {
                Enqueue(address, _current.Depth + 1);
            }

            return null;
        }

        if (PlannedTarget.Of(site, _scope, address) is not { } target || !isWanted(new Uri(target.Url)) || !_seen.Add(target.Url))
        {
            return null;
        }

        _targetCount++;
        return entry.LastModified is { } changed ? target with { LastModified = changed } : target;
    }

    public void Failed(FetchedPage page)
    {
        if (page.FailureReason != FetchReasons.NotFound)
        {
            _problem = $"{page.Url} was not read ({page.FailureReason}): {page.FailureDetail}";
        }
    }

    public void Finished(Uri sitemap, SitemapReading reading)
    {
        _hasRead |= reading.IsSitemap;
        if (reading.Problem is not null)
        {
            _problem = $"{sitemap} is no sitemap that can be read: {reading.Problem}";
        }
    }

    public void ThrowIfNothingRead()
    {
        if (!_hasRead)
        {
            var cause = _problem ?? "robots.txt names none, and there is none at /sitemap.xml or /sitemap_index.xml";
            throw new TargetPlanningException(
                $"No sitemap was found for {site.BaseUrl}: {cause}. Check the address in the plan, or ask the shop for a sitemap: its pages are not found without one."
            );
        }
    }

    public void Dispose()
    {
        _seen.Dispose();
        _seenSitemaps.Dispose();
    }

    private void Enqueue(Uri sitemap, int depth)
    {
        if (CanonicalUrl.TryCreate(sitemap) is { } url && _sitemapCount < MaxSitemapCount && _seenSitemaps.Add(url))
        {
            _sitemapCount++;
            _sitemaps.Enqueue((sitemap, depth));
        }
    }
}
