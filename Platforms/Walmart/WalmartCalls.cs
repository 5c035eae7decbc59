using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Platforms.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Platforms.Walmart;

/// <summary>
/// The calls of the affiliate API v2 that targets are made of: items by number (https://walmart.io/docs/affiliates/v1/product-lookup, 20
/// at once), search (…/search, 25 a page, the first 1 000 results), catalogue (…/catalog-product) and reviews (…/reviews).
/// </summary>
internal static class WalmartCalls
{
    public const string Root = "/api-proxy/service/affil/product/v2/";

    private const string Lookup = Root + "items";
    private const string Search = Root + "search";
    private const string Catalogue = Root + "paginated/items";
    private const string Reviews = Root + "reviews/";

    private const int LookupSize = 20;
    private const int SearchSize = 25;
    private const int SearchReach = 1_000;
    private const int CatalogueSize = 100;

    public static bool IsCall(Uri address) => address.AbsolutePath.StartsWith(Root, StringComparison.Ordinal);

    public static IEnumerable<CrawlTarget> Plan(Uri api, string[] ids, IReadOnlyList<string> searches, CrawlKind kind)
    {
        if (ids.Length + searches.Count == 0)
        {
            return [Call(api, Catalogue, $"?count={CatalogueSize}")];
        }

        var lookups = kind == CrawlKind.Reviews
            ? ids.Select(id => ReviewsOf(api, id))
            : ids.Chunk(LookupSize).Select(chunk => Call(api, Lookup, $"?ids={string.Join(',', chunk)}"));
        return lookups.Concat(searches.Select(search => SearchFrom(api, search, 1)));
    }

    /// <summary>The next page of a list, and for reviews those of the items that a list names.</summary>
    public static List<CrawlTarget> FollowUps(FetchedPage page, Uri address, CrawlKind kind) =>
        address.AbsolutePath == Lookup ? [] : JsonText.TryRead(JsonText.Utf8Of(page), root => FollowUps(root, address, kind)) ?? [];

    private static List<CrawlTarget> FollowUps(JsonSpot root, Uri address, CrawlKind kind)
    {
        var reviews = kind == CrawlKind.Reviews ? root["items"].Items().Where(HasReviews).Select(item => ReviewsOf(address, item["itemId"].Text!)) : [];
        var next = NextPage(root, address);
        return [.. reviews.DistinctBy(target => target.Url), .. next is null ? [] : new[] { next }];
    }

    private static bool HasReviews(JsonSpot item) => WalmartItem.TryParse(item["itemId"].Text) is not null && item["numReviews"].Number is not 0;

    private static CrawlTarget? NextPage(JsonSpot root, Uri address) =>
        address.AbsolutePath switch
        {
            Search => NextResults(root, address),
            Catalogue => NextItems(root, address),
            var path when path.StartsWith(Reviews, StringComparison.Ordinal) => NextReviews(root, address),
            _ => null,
        };

    private static CrawlTarget? NextResults(JsonSpot root, Uri address)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        var start = Number(query.GetValueOrDefault("start")) ?? 1;
        var next = start + root["items"].Items().Count();
        var isMore = next > start && next <= Math.Min(root["totalResults"].Number ?? 0, SearchReach);
        return isMore ? SearchFrom(address, query.GetValueOrDefault("query").ToString(), next) : null;
    }

    /// <summary>The catalogue names its next page by path and query; only the query is taken.</summary>
    private static CrawlTarget? NextItems(JsonSpot root, Uri address)
    {
        var next = root["nextPage"].Text ?? "";
        var start = next.IndexOf('?', StringComparison.Ordinal);
        return start < 0 || root["nextPageExist"].IsFalse || next[start..] == address.Query ? null : Call(address, Catalogue, next[start..]);
    }

    private static CrawlTarget? NextReviews(JsonSpot root, Uri address)
    {
        var next = root["nextPage"].Text ?? "";
        var query = next.IndexOf('?', StringComparison.Ordinal) is var start and >= 0 ? QueryHelpers.ParseQuery(next[start..]) : [];
        var page = Number(query.GetValueOrDefault("page"));
        var current = Number(QueryHelpers.ParseQuery(address.Query).GetValueOrDefault("page")) ?? 1;
        return page > current ? Call(address, address.AbsolutePath, string.Create(CultureInfo.InvariantCulture, $"?page={page}")) : null;
    }

    private static CrawlTarget ReviewsOf(Uri api, string id) => Call(api, Reviews + id, "");

    private static CrawlTarget SearchFrom(Uri api, string search, int start) =>
        Call(api, Search, string.Create(CultureInfo.InvariantCulture, $"?query={Uri.EscapeDataString(search)}&numItems={SearchSize}&responseGroup=full&start={start}"));

    private static CrawlTarget Call(Uri api, string path, string query) => new(CanonicalUrl.Of(new Uri(api, path + query).AbsoluteUri)) { Call = new ApiCall() };

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
