namespace Marketline.Platforms.Crawl;

/// <summary>One <c>loc</c> of a sitemap, or of an index of sitemaps, with the <c>lastmod</c> beside it.</summary>
internal readonly record struct SitemapEntry(string Location, bool IsSitemap, DateTimeOffset? LastModified = null);
