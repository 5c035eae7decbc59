namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>One file that a sitemap index names.</summary>
/// <param name="Path">Site-relative; ends with <c>.gz</c> when the file is compressed.</param>
/// <param name="Entries">Lazy; null for a file that the index names though it is not there.</param>
internal sealed record SitemapFile(string Path, IEnumerable<SitemapEntry>? Entries)
{
    public bool IsCompressed => Path.EndsWith(".gz", StringComparison.Ordinal);
}
