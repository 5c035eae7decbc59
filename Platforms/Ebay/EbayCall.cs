using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Platforms.Ebay;

/// <summary>
/// A call of the Browse API v1 (https://developer.ebay.com/api-docs/buy/browse/resources/methods). Its identity carries the
/// marketplace, which the call itself has in a header, so that reading an answer needs nothing else.
/// </summary>
internal sealed record EbayCall(Uri Endpoint, string Marketplace)
{
    /// <summary>The most that a page of results has.</summary>
    public const int PageSize = 200;

    /// <summary>
    /// A search gives no more than its first 10 000 results
    /// (https://developer.ebay.com/api-docs/buy/browse/resources/item_summary/methods/search).
    /// </summary>
    public const int MaxReach = 10_000;

    private const string Root = "/buy/browse/v1/";
    private const string SearchPath = Root + "item_summary/search";
    private const string ByLegacyIdPath = Root + "item/get_item_by_legacy_id";
    private const string ByGroupPath = Root + "item/get_items_by_item_group";

    /// <summary>Null for another call, and for a page.</summary>
    public string? Query { get; private init; }

    public int Offset { get; private init; }

    /// <summary>The listing that was asked for by its old id, which may turn out to be a group of variations.</summary>
    public string? LegacyId { get; private init; }

    /// <returns>Null for the address of a page.</returns>
    public static EbayCall? TryParse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !address.AbsolutePath.StartsWith(Root, StringComparison.Ordinal))
        {
            return null;
        }

        var query = QueryHelpers.ParseQuery(address.Query);
        return new EbayCall(new Uri(address.GetLeftPart(UriPartial.Authority)), query.GetValueOrDefault("marketplace") is [{ Length: > 0 } marketplace] ? marketplace : "EBAY_US")
        {
            Query = address.AbsolutePath == SearchPath && query.GetValueOrDefault("q") is [{ Length: > 0 } words] ? words : null,
            Offset = int.TryParse(query.GetValueOrDefault("offset"), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : 0,
            LegacyId = address.AbsolutePath == ByLegacyIdPath && query.GetValueOrDefault("legacy_item_id") is [{ Length: > 0 } id] ? id : null,
        };
    }

    public CrawlTarget Search(string words, int offset = 0) =>
        Target(string.Create(CultureInfo.InvariantCulture, $"{SearchPath}?q={Uri.EscapeDataString(words)}&limit={PageSize}&offset={offset}"));

    /// <summary>An id without its variation may be a group's: only the call for old ids says so.</summary>
    public CrawlTarget Item(EbayItemId id) =>
        id.Variation is null ? Target($"{ByLegacyIdPath}?legacy_item_id={id.Listing}") : RestItem(id);

    /// <summary>An id that came from the API itself.</summary>
    public CrawlTarget RestItem(EbayItemId id) => Target($"{Root}item/{Uri.EscapeDataString(id.Rest)}");

    /// <summary>All variations of a listing.</summary>
    public CrawlTarget Group(string id) => Target($"{ByGroupPath}?item_group_id={Uri.EscapeDataString(id)}");

    private CrawlTarget Target(string pathAndQuery)
    {
        var call = new Uri(Endpoint, pathAndQuery).AbsoluteUri;
        var separator = pathAndQuery.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return new CrawlTarget(CanonicalUrl.Of($"{call}{separator}marketplace={Marketplace}"), call)
        {
            Call = new ApiCall { Headers = new Dictionary<string, string> { ["X-EBAY-C-MARKETPLACE-ID"] = Marketplace } },
        };
    }
}
