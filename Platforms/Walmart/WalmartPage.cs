using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Extract;
using Marketline.Platforms.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Platforms.Walmart;

/// <summary>
/// Walmart's pages by the state that Next.js puts into them (<c>__NEXT_DATA__</c>, https://nextjs.org/docs/pages): an item, its
/// reviews, or a page of search results. The state is no published format; a page without it is read as any shop's.
/// </summary>
internal static class WalmartPage
{
    private const string SearchPath = "/search";
    private const string ReviewsPath = "/reviews/product/";

    /// <summary>What the page itself asks for when a reader chooses "Newest to oldest".</summary>
    private const string NewestFirst = "sort=submission-desc";

    public static CrawlTarget OfSearch(Uri site, string search) => Target(site, $"{SearchPath}?q={Uri.EscapeDataString(search)}");

    /// <summary>Where a kind of data about an item stands.</summary>
    public static CrawlTarget OfItem(Uri site, string id, CrawlKind kind) => kind == CrawlKind.Reviews ? Target(site, $"{ReviewsPath}{id}?{NewestFirst}") : new CrawlTarget(WalmartItem.PageOf(site, id));

    public static bool IsNewestReviews(Uri address) =>
        address.AbsolutePath.StartsWith(ReviewsPath, StringComparison.Ordinal) && address.Query.Contains(NewestFirst, StringComparison.Ordinal);

    public static ExtractionResult Read(FetchedPage page, Uri address, CrawlKind kind) =>
        kind == CrawlKind.Reviews
            ? ReadState(page, data => Reviews(data, address)) ?? ReviewPageReader.Read(page)
            : ReadState(page, data => WalmartPageOffers.Read(data, address)) ?? Keyed(ProductPageReader.Read(page), address);

    /// <summary>What a page of results names, and the page after it; the page after a page of reviews.</summary>
    public static List<CrawlTarget> FollowUps(FetchedPage page, Uri address, CrawlKind kind)
    {
        if (address.AbsolutePath == SearchPath)
        {
            return ReadState(page, data => Results(data["searchResult"], address, kind)) ?? [];
        }

        return kind == CrawlKind.Reviews && address.AbsolutePath.StartsWith(ReviewsPath, StringComparison.Ordinal)
            ? ReadState(page, data => MoreReviews(data["data"]["reviews"], address)) ?? []
            : [];
    }

    private static T? ReadState<T>(FetchedPage page, Func<JsonSpot, T?> read)
        where T : class
    {
        foreach (var state in ScriptState.ObjectsBehind(JsonText.Utf8Of(page), "id=\"__NEXT_DATA__\""u8))
        {
            if (JsonText.TryRead(state, root => read(root["props"]["pageProps"]["initialData"])) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The item stays the same whatever its page could be read by.</summary>
    private static ExtractionResult Keyed(ExtractionResult result, Uri address) =>
        result.Objects is [var offer] && WalmartItem.TryParse(address) is { } id ? result with { Objects = [offer with { ObjectKey = WalmartItem.OfferKey(address.Authority, id) }] } : result;

    private static ExtractionResult? Reviews(JsonSpot data, Uri address)
    {
        var (product, reviews) = (data["data"]["product"], data["data"]["reviews"]);
        return reviews.Exists && (WalmartItem.TryParse(product["usItemId"].Text) ?? WalmartItem.TryParse(address)) is { } id
            ? WalmartReviewReader.ReadState(reviews, product, new Uri(address.GetLeftPart(UriPartial.Authority)), id)
            : null;
    }

    private static List<CrawlTarget> Results(JsonSpot results, Uri address, CrawlKind kind)
    {
        var ids = results["itemStacks"].Items().SelectMany(stack => stack["items"].Items()).Select(item => WalmartItem.TryParse(item["usItemId"].Text)).OfType<string>();
        var targets = ids.Distinct(StringComparer.Ordinal).Select(id => OfItem(address, id, kind)).ToList();
        if (targets.Count > 0 && PageNumber(address) < results["paginationV2"]["maxPage"].Number)
        {
            targets.Add(NextPage(address));
        }

        return targets;
    }

    private static List<CrawlTarget> MoreReviews(JsonSpot reviews, Uri address)
    {
        var count = reviews["customerReviews"].Items().Count();
        return count > 0 && (long)PageNumber(address) * count < reviews["totalReviewCount"].Number ? [NextPage(address)] : [];
    }

    private static int PageNumber(Uri address) =>
        int.TryParse(QueryHelpers.ParseQuery(address.Query).GetValueOrDefault("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is > 0 and < 100_000 ? page : 1;

    private static CrawlTarget NextPage(Uri address)
    {
        var rest = QueryHelpers.ParseQuery(address.Query).Where(pair => pair.Key != "page").SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        var query = rest.Append(KeyValuePair.Create<string, string?>("page", (PageNumber(address) + 1).ToString(CultureInfo.InvariantCulture)));
        return new CrawlTarget(CanonicalUrl.Of(QueryHelpers.AddQueryString(address.GetLeftPart(UriPartial.Path), query)));
    }

    private static CrawlTarget Target(Uri site, string path) => new(CanonicalUrl.Of(new Uri(site, path).AbsoluteUri));
}
