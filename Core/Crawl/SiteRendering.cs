namespace Marketline.Core.Crawl;

/// <summary>
/// What probes have shown about a site's pages. It travels with the site's slot, so that all workers and tenants share it.
/// </summary>
public sealed record SiteRendering
{
    /// <summary>A browser has found what the pages as sent did not hold.</summary>
    public bool NeedsBrowser { get; init; }

    /// <summary>When the last probe said so; after a day it is asked again.</summary>
    public DateTimeOffset DecidedUtc { get; init; }

    /// <summary>Probes of pages that strongly looked like a shell, and found no more than the page as sent.</summary>
    public int VainProbeCount { get; init; }

    /// <summary>The same for pages that hardly did: a shop's small pages do not speak for its products.</summary>
    public int VainWeakProbeCount { get; init; }

    /// <summary>Pages in a row, of a site that needs a browser, that held everything as sent.</summary>
    public int PlainCount { get; init; }

    /// <summary>Of pages that give offers as sent, but not all of them; null when that was never in question.</summary>
    public SiteParts? Parts { get; init; }
}
