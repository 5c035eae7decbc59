using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Platforms.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Platforms.AliExpress;

/// <summary>
/// The calls that targets are made of (https://openservice.aliexpress.com/doc/api.htm): <c>aliexpress.affiliate.productdetail.get</c> or, for
/// dropshippers, <c>aliexpress.ds.product.get</c> (one product a call), and <c>aliexpress.affiliate.product.query</c> (50 a page). They
/// hold the business parameters only.
/// </summary>
internal static class AliExpressCalls
{
    private const string Gateway = "/sync";
    private const string Details = "aliexpress.affiliate.productdetail.get";
    private const string Query = "aliexpress.affiliate.product.query";
    private const string Product = "aliexpress.ds.product.get";
    private const int DetailsSize = 20;
    private const int QuerySize = 50;

    public static bool IsCall(Uri address) => address.AbsolutePath == Gateway && address.Query.Contains("method=aliexpress.", StringComparison.Ordinal);

    /// <summary>Where items are asked for with a dropshipper's token.</summary>
    public static string Dropshipping => $"{Gateway}?method={Product}";

    public static bool IsDropshipping(Uri address) => QueryHelpers.ParseQuery(address.Query).GetValueOrDefault("method") == Product;

    public static IEnumerable<CrawlTarget> Plan(Uri api, AliExpressMarket market, string[] ids, IReadOnlyList<string> searches)
    {
        var items = IsDropshipping(api)
            ? ids.Select(id => Call(api, $"?method={Product}&product_id={id}&ship_to_country={market.Country}&target_currency={market.Currency}&target_language={market.Locale}"))
            : ids.Chunk(DetailsSize).Select(chunk => Call(api, $"?method={Details}&product_ids={string.Join(',', chunk)}&country={market.Country}{Terms(market)}"));
        return items.Concat(searches.Select(search => Search(api, market, search, 1)));
    }

    public static AliExpressMarket MarketOf(Uri address)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        return AliExpressMarket.OfCountry(query.TryGetValue("country", out var country) ? country : query.GetValueOrDefault("ship_to_country"));
    }

    /// <summary>The next page of a search.</summary>
    public static List<CrawlTarget> FollowUps(FetchedPage page, Uri address)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        var number = int.TryParse(query.GetValueOrDefault("page_no"), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 1;
        var isMore = query.GetValueOrDefault("method") == Query && JsonText.TryRead(JsonText.Utf8Of(page), root => IsFollowed(AliExpressProducts.Result(root)["result"], number) ? Query : null) is not null;
        return isMore ? [Search(address, MarketOf(address), query.GetValueOrDefault("keywords").ToString(), number + 1)] : [];
    }

    private static bool IsFollowed(JsonSpot result, int number)
    {
        var pages = result["total_page_no"].Number ?? ((result["total_record_count"].Number ?? 0) + QuerySize - 1) / QuerySize;
        return number < pages && AliExpressProducts.Of(result).Any();
    }

    private static CrawlTarget Search(Uri api, AliExpressMarket market, string words, int number) =>
        Call(
            api,
            string.Create(CultureInfo.InvariantCulture, $"?method={Query}&keywords={Uri.EscapeDataString(words)}&page_no={number}&page_size={QuerySize}&ship_to_country={market.Country}{Terms(market)}")
        );

    private static string Terms(AliExpressMarket market) => $"&target_currency={market.Currency}&target_language={market.Language}";

    private static CrawlTarget Call(Uri api, string query) => new(CanonicalUrl.Of(new Uri(api, Gateway + query).AbsoluteUri)) { Call = new ApiCall() };
}
