namespace Marketline.Core.Crawl;

/// <summary>What looks and probes have shown about a site whose pages give offers as sent: whether parts of them are built by script.</summary>
public sealed record SiteParts
{
    /// <summary>What a browser has found on a page that had none of it as sent.</summary>
    public OfferParts Scripted { get; init; }

    /// <summary>When this was decided, or the first page was looked at; after a day it is asked again.</summary>
    public DateTimeOffset SinceUtc { get; init; }

    /// <summary>Pages as sent that were read to find out.</summary>
    public int LookCount { get; init; }

    /// <summary>Of these, the ones that had everything.</summary>
    public int WholeCount { get; init; }

    /// <summary>Pages that had no more in a browser.</summary>
    public int VainProbeCount { get; init; }
}
