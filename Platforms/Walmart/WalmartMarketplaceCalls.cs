using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Platforms.Api;
using Marketline.Platforms.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Platforms.Walmart;

/// <summary>
/// The calls of the Marketplace API that targets are made of: a seller's items
/// (https://developer.walmart.com/us-marketplace/docs/get-all-items), one of them (…/docs/get-an-item), and what Walmart sells under some
/// words (…/docs/item-search-for-the-walmart-catalog, no pages).
/// </summary>
internal static class WalmartMarketplaceCalls
{
    public const string Search = WalmartMarketplace.Root + "items/walmart/search";

    private const string Items = WalmartMarketplace.Root + "items";
    private const int PageSize = 200;
    private const int MaxSkuLength = 50;

    public static bool IsCall(Uri address) => address.AbsolutePath == Items || address.AbsolutePath.StartsWith($"{Items}/", StringComparison.Ordinal);

    public static IEnumerable<CrawlTarget> Plan(Uri api, SitePlan site) =>
        site.Items.Count + site.Searches.Count == 0
            ? [Call(api, $"{Items}?limit={PageSize}&nextCursor=*")]
            : Skus(site).Select(item => OfItem(api, item)).Concat(site.Searches.Select(words => Call(api, $"{Search}?query={Uri.EscapeDataString(words.Trim())}")));

    /// <summary>
    /// The next page of the seller's items. The cursor stays the same on all pages and is good for two minutes, so the offset says which
    /// page it is.
    /// </summary>
    public static List<CrawlTarget> FollowUps(FetchedPage page, Uri address) =>
        address.AbsolutePath == Items ? JsonText.TryRead(JsonText.Utf8Of(page), root => NextPage(root, address)) ?? [] : [];

    private static List<CrawlTarget> NextPage(JsonSpot root, Uri address)
    {
        var offset = int.TryParse(QueryHelpers.ParseQuery(address.Query).GetValueOrDefault("offset"), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
        var count = WalmartMarketplaceReader.ItemsOf(root).Items().Count();
        return root["nextCursor"].Text is { Length: > 0 } cursor && count > 0 && (long)offset + count < root["totalItems"].Number
            ? [Call(address, string.Create(CultureInfo.InvariantCulture, $"{Items}?limit={PageSize}&nextCursor={Uri.EscapeDataString(cursor)}&offset={offset + count}"))]
            : [];
    }

    /// <summary>A number is Walmart's, anything else the seller's own.</summary>
    private static CrawlTarget OfItem(Uri api, string item) => Call(api, $"{Items}/{Uri.EscapeDataString(item)}?productIdType={(WalmartItem.TryParse(item) is null ? "SKU" : "ITEM_ID")}");

    private static string[] Skus(SitePlan site) => PlannedTargets.Ids(site, item => WalmartItem.TryParse(item) ?? SkuOf(item.Trim()), "its number, such as 55885487, the address of its page, or the seller's SKU");

    private static string? SkuOf(string text) => text.Length is > 0 and <= MaxSkuLength && !text.Any(char.IsControl) && !Uri.IsWellFormedUriString(text, UriKind.Absolute) ? text : null;

    private static CrawlTarget Call(Uri api, string path) => new(CanonicalUrl.Of(new Uri(api, path).AbsoluteUri)) { Call = new ApiCall() };
}
