namespace Marketline.Platforms.Crawl;

/// <summary>One <c>loc</c> of a sitemap, or of an index of sitemaps.</summary>
internal readonly record struct SitemapEntry(string Location, bool IsSitemap);
