using Microsoft.Extensions.Primitives;

namespace Marketline.Platforms.Magento;

/// <summary>Which products: <c>sku</c> with SKUs between line breaks, <c>url_key</c>, or <c>search</c> with words.</summary>
internal sealed record MagentoFilter(string Name, string Value)
{
    public const string Sku = "sku";
    public const string UrlKey = "url_key";
    public const string Search = "search";

    private const int MaxSkusOfQuery = 20;

    /// <summary>The value of the GraphQL variable.</summary>
    public object Variable => Name == Sku ? Value.Split('\n') : Value;

    public static MagentoFilter? TryRead(IDictionary<string, StringValues> query) =>
        new[] { Sku, UrlKey, Search }
            .Select(name => query.TryGetValue(name, out var values) && values is [{ Length: > 0 } value, ..] ? new MagentoFilter(name, value) : null)
            .FirstOrDefault(filter => filter is not null);

    /// <summary>
    /// From a plan's items (SKUs, or addresses of product pages, which end in the URL key and the shop's suffix) and searches.
    /// </summary>
    /// <returns>At least one; null stands for all products.</returns>
    public static IEnumerable<MagentoFilter?> Of(SitePlan site)
    {
        if (site.Items.Count == 0 && site.Searches.Count == 0)
        {
            return [null];
        }

        var items = site.Items.Select(item => item.Trim()).Distinct(StringComparer.Ordinal).ToLookup(item => item.Contains("://", StringComparison.Ordinal));
        return
        [
            .. items[false].Chunk(MaxSkusOfQuery).Select(skus => new MagentoFilter(Sku, string.Join('\n', skus))),
            .. items[true].Select(address => new MagentoFilter(UrlKey, KeyOf(address))).Distinct(),
            .. site.Searches.Select(search => new MagentoFilter(Search, search.Trim())).Distinct(),
        ];
    }

    private static string KeyOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var page) ? Path.GetFileNameWithoutExtension(Uri.UnescapeDataString(page.AbsolutePath.TrimEnd('/'))) : address;
}
