using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;

namespace Marketline.Platforms.WooCommerce;

/// <summary>
/// The address of one page of a collection of the Store API, such as <c>/wp-json/wc/store/v1/products?orderby=id&amp;page=2&amp;per_page=100</c>.
/// Pages differ in <c>page</c> only
/// (https://developer.woocommerce.com/docs/apis/store-api/#pagination).
/// </summary>
internal sealed record WooCommerceListing(Uri Collection, string Filter, int Page, int PerPage)
{
    /// <summary>The most that the API gives in one page.</summary>
    public const int MaxPerPage = 100;

    private const string Root = "wp-json/wc/store/v1/";
    private const string LatestFirst = "order=desc&orderby=date";

    /// <summary>A shop whose cache does not look at <c>page</c> gives full pages for ever.</summary>
    private const int MaxPage = 2_000;

    public static WooCommerceListing Products(Uri site, string filter) => new(new Uri(site, Root + "products"), Joined("order=asc&orderby=id", filter), 1, MaxPerPage);

    /// <summary>The latest first, as the API has it by default, too.</summary>
    public static WooCommerceListing Reviews(Uri site, string filter) => new(new Uri(site, Root + "products/reviews"), Joined(LatestFirst, filter), 1, MaxPerPage);

    /// <returns>Null when <paramref name="url"/> is no absolute address.</returns>
    public static WooCommerceListing? TryParse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return null;
        }

        var pairs = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
        return new WooCommerceListing(
            new Uri(address.GetLeftPart(UriPartial.Path)),
            string.Join('&', pairs.Where(pair => !IsPaging(pair))),
            Number(pairs, "page=", 1, MaxPage + 1),
            Number(pairs, "per_page=", 10, MaxPerPage)
        );
    }

    /// <summary>The shop within its host: several WordPress sites of one host count their ids by themselves.</summary>
    public string Site
    {
        get
        {
            var end = Collection.AbsolutePath.IndexOf("/wp-json/", StringComparison.Ordinal);
            return Collection.Authority + (end > 0 ? Collection.AbsolutePath[..end] : "");
        }
    }

    /// <summary>Where WordPress shows a post by its id (https://developer.wordpress.org/advanced-administration/wordpress/query-variables/).</summary>
    public Uri PageOf(string id)
    {
        var end = Collection.AbsolutePath.IndexOf("/wp-json/", StringComparison.Ordinal);
        return new Uri(Collection, $"{(end > 0 ? Collection.AbsolutePath[..end] : "")}/?p={Uri.EscapeDataString(id)}");
    }

    public bool IsNewestFirst => Filter.StartsWith(LatestFirst, StringComparison.Ordinal);

    /// <summary>Null behind the last page that is asked for.</summary>
    public CrawlTarget? NextPage() => Page < MaxPage ? (this with { Page = Page + 1 }).ToTarget() : null;

    /// <summary>The variations of variable products: the collection lists them only when it is asked for them.</summary>
    public CrawlTarget VariationsOf(IEnumerable<long> products)
    {
        var parents = string.Join(',', products.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        return new WooCommerceListing(Collection, $"order=asc&orderby=id&parent={parents}&type=variation", 1, MaxPerPage).ToTarget();
    }

    public CrawlTarget ToTarget()
    {
        var paging = string.Create(CultureInfo.InvariantCulture, $"page={Page}&per_page={PerPage}");
        return new CrawlTarget(CanonicalUrl.Of($"{Collection.GetLeftPart(UriPartial.Path)}?{Joined(Filter, paging)}"));
    }

    private static bool IsPaging(string pair) => pair.StartsWith("page=", StringComparison.Ordinal) || pair.StartsWith("per_page=", StringComparison.Ordinal);

    private static string Joined(string first, string second) => first.Length == 0 || second.Length == 0 ? first + second : $"{first}&{second}";

    private static int Number(string[] pairs, string name, int otherwise, int most)
    {
        var text = pairs.FirstOrDefault(pair => pair.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? Math.Min(value, most) : otherwise;
    }
}
