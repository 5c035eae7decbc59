using System.Collections.Frozen;

namespace Marketline.Platforms.Ebay;

/// <summary>
/// eBay's sites and the ids that its APIs know them by
/// (https://developer.ebay.com/api-docs/sell/account/types/ba:MarketplaceIdEnum, and for which of them the Browse API answers:
/// https://developer.ebay.com/api-docs/buy/static/ref-marketplace-supported.html).
/// </summary>
internal static class EbayMarketplace
{
    private static readonly FrozenDictionary<string, string> ByHost = new Dictionary<string, string>
    {
        ["ebay.com"] = "EBAY_US",
        ["ebay.at"] = "EBAY_AT",
        ["ebay.com.au"] = "EBAY_AU",
        ["ebay.be"] = "EBAY_BE",
        ["ebay.ca"] = "EBAY_CA",
        ["ebay.ch"] = "EBAY_CH",
        ["ebay.de"] = "EBAY_DE",
        ["ebay.es"] = "EBAY_ES",
        ["ebay.fr"] = "EBAY_FR",
        ["ebay.co.uk"] = "EBAY_GB",
        ["ebay.com.hk"] = "EBAY_HK",
        ["ebay.ie"] = "EBAY_IE",
        ["ebay.it"] = "EBAY_IT",
        ["ebay.nl"] = "EBAY_NL",
        ["ebay.pl"] = "EBAY_PL",
        ["ebay.com.sg"] = "EBAY_SG",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> ById = ByHost.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static IEnumerable<string> Hosts => ByHost.Keys.Order(StringComparer.Ordinal);

    /// <returns>Null for a site that is none of eBay's.</returns>
    public static string? OfSite(Uri site) => ByHost.GetValueOrDefault(site.IdnHost.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? site.IdnHost[4..] : site.IdnHost);

    /// <summary>Where its pages are; those of an id that is not known are sought in the United States.</summary>
    public static Uri SiteOf(string marketplaceId) => new($"https://www.{ById.GetValueOrDefault(marketplaceId, "ebay.com")}/");
}
