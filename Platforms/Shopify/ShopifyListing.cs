using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Platforms.Shopify;

/// <summary>
/// The address of one page of <c>/products.json</c>. It carries all that reading the page needs, the currency included (the
/// parameter <c>currency</c> is also Shopify's own for choosing one), so that extraction needs no state and a replay none either.
/// </summary>
internal sealed record ShopifyListing(Uri Address, int Limit, int Page, string? Currency)
{
    /// <summary>The most that Shopify gives in one page.</summary>
    private const int MaxLimit = 250;

    /// <summary>Shopify answers 400 beyond so many products ("Page * Limit exceeds the 25000 limit").</summary>
    private const int MaxReach = 25_000;

    public static CrawlTarget FirstPage(Uri site, string? currency) => Target(new Uri(site, "/products.json"), MaxLimit, 1, currency);

    /// <returns>Null when <paramref name="url"/> is no absolute address.</returns>
    public static ShopifyListing? TryParse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return null;
        }

        var query = QueryHelpers.ParseQuery(address.Query);
        return new ShopifyListing(address, Math.Min(Number(query.GetValueOrDefault("limit"), MaxLimit), MaxLimit), Number(query.GetValueOrDefault("page"), 1), query.GetValueOrDefault("currency"));
    }

    /// <summary>
    /// The page after this one; null from the first page beyond Shopify's reach on. That one is asked for: its failure is how a
    /// run tells that the shop has more products than its listing gives.
    /// </summary>
    public CrawlTarget? NextPage() => (long)Limit * Page > MaxReach ? null : Target(Address, Limit, Page + 1, Currency);

    private static CrawlTarget Target(Uri address, int limit, int page, string? currency)
    {
        var suffix = string.IsNullOrEmpty(currency) ? "" : $"&currency={Uri.EscapeDataString(currency)}";
        var url = string.Create(CultureInfo.InvariantCulture, $"{address.GetLeftPart(UriPartial.Path)}?limit={limit}&page={page}{suffix}");
        return new CrawlTarget(CanonicalUrl.Of(url));
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1_000_000 ? value : otherwise;
}
