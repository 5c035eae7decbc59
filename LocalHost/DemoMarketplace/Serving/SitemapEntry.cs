namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>One address of a sitemap.</summary>
/// <param name="Path">Site-relative.</param>
/// <param name="LastModified">Null for pages that are no product.</param>
/// <param name="Index">The product's index; null for other pages.</param>
/// <param name="IsDuplicate">The second address of a product.</param>
internal sealed record SitemapEntry(
    string Path,
    DateOnly? LastModified = null,
    int? Index = null,
    bool IsDuplicate = false
);
