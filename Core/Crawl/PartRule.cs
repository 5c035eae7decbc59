namespace Marketline.Core.Crawl;

/// <summary>
/// Whether a page that gives its offer as sent, but not all of it, is rendered for the rest. A site is looked at until that is
/// known, which costs an extraction a page; what is known then holds for <see cref="RenderRule.MaxAge"/>, whatever pages come.
/// </summary>
public static class PartRule
{
    /// <summary>So many probes in vain, and the shop just does not say it.</summary>
    public const int MaxVainProbes = 2;

    /// <summary>So many pages with everything as sent, and the site is taken to be like that.</summary>
    public const int WholePagesToKnow = 5;

    /// <summary>Whatever they show: a site may have a lot of pages that are no offers.</summary>
    public const int MaxLooks = 50;

    /// <summary>Whether pages as sent are to be looked at.</summary>
    public static bool IsOpen(SiteParts? state, DateTimeOffset nowUtc) =>
        Current(state, nowUtc) is not { Scripted: OfferParts.None } known
        || (known.VainProbeCount < MaxVainProbes && known.WholeCount < WholePagesToKnow && known.LookCount < MaxLooks);

    /// <param name="state">What is known of the site, for which it <see cref="IsOpen"/>.</param>
    /// <param name="found">What the page as sent gives.</param>
    /// <param name="runsScripts">Whether a browser could make more of it.</param>
    /// <param name="nowUtc">The time.</param>
    public static RenderChoice Choose(SiteParts? state, PageYield found, bool runsScripts, DateTimeOffset nowUtc)
    {
        if (!found.HasObjects || found.Missing == OfferParts.None || !runsScripts)
        {
            return RenderChoice.Plain;
        }

        return Current(state, nowUtc) is { Scripted: not OfferParts.None } known
            ? (known.Scripted & found.Missing) != OfferParts.None ? RenderChoice.Render : RenderChoice.Plain
            : RenderChoice.Probe;
    }

    public static SiteParts AfterLook(SiteParts? state, PageYield found, DateTimeOffset nowUtc)
    {
        var known = Current(state, nowUtc) ?? new SiteParts { SinceUtc = nowUtc };
        var isWhole = found is { HasObjects: true, Missing: OfferParts.None };
        return known.Scripted != OfferParts.None
            ? known
            : known with { LookCount = known.LookCount + 1, WholeCount = known.WholeCount + (isWhole ? 1 : 0) };
    }

    /// <param name="state">Before the probe.</param>
    /// <param name="gained">What the page as sent did not have and the rendered one does.</param>
    /// <param name="nowUtc">The time.</param>
    public static SiteParts AfterProbe(SiteParts? state, OfferParts gained, DateTimeOffset nowUtc)
    {
        if (gained != OfferParts.None)
        {
            return new SiteParts { Scripted = gained, SinceUtc = nowUtc };
        }

        var known = Current(state, nowUtc) ?? new SiteParts { SinceUtc = nowUtc };
        return known with { VainProbeCount = known.VainProbeCount + 1 };
    }

    private static SiteParts? Current(SiteParts? state, DateTimeOffset nowUtc) => nowUtc < state?.SinceUtc + RenderRule.MaxAge ? state : null;
}
