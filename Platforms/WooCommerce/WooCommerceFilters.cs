using Marketline.Core.Crawl;

namespace Marketline.Platforms.WooCommerce;

/// <summary>
/// From a plan's items and searches to the collections' filters
/// (https://developer.woocommerce.com/docs/apis/store-api/resources-endpoints/products/).
/// </summary>
internal static class WooCommerceFilters
{
    /// <summary>As many as fit on one page; addresses stay short by it.</summary>
    private const int MaxItemsOfFilter = 50;

    /// <returns>At least one; the empty one stands for all that the shop lists.</returns>
    /// <exception cref="TargetPlanningException">The reviews of something are wanted that the API can not name.</exception>
    public static IReadOnlyList<string> Of(SitePlan site, CrawlKind kind)
    {
        if (site.Items.Count == 0 && site.Searches.Count == 0)
        {
            return [""];
        }

        var items = site.Items.Select(item => Named(site, item.Trim())).Distinct().ToList();
        if (kind == CrawlKind.Reviews)
        {
            return items.All(item => item.Name == "include") && site.Searches.Count == 0
                ? [.. Grouped(items.Select(item => ("product_id", item.Value)))]
                : throw new TargetPlanningException("The Store API finds reviews by product ids only. Give the products' ids as items, or no items for the reviews of the whole shop.");
        }

        return [.. Grouped(items), .. site.Searches.Distinct().Select(search => $"search={Uri.EscapeDataString(search.Trim())}")];
    }

    /// <summary>A number is a product's id, an address ends in its slug, all else is its SKU.</summary>
    private static (string Name, string Value) Named(SitePlan site, string item)
    {
        if (item.All(char.IsAsciiDigit))
        {
            return ("include", item);
        }

        var isAddress = item.StartsWith('/') || item.Contains("://", StringComparison.Ordinal);
        return isAddress && Uri.TryCreate(site.BaseUrl, item, out var address) ? ("slug", address.AbsolutePath.TrimEnd('/').Split('/')[^1]) : ("sku", Uri.EscapeDataString(item));
    }

    private static IEnumerable<string> Grouped(IEnumerable<(string Name, string Value)> items) =>
        items
            .GroupBy(item => item.Name, item => item.Value)
            .SelectMany(group => group.Chunk(MaxItemsOfFilter).Select(values => $"{group.Key}={string.Join(',', values)}"));
}
