using System.Collections.Frozen;

namespace Marketline.Platforms.Amazon;

/// <summary>
/// One of Amazon's stores (https://developer-docs.amazon.com/sp-api/docs/marketplace-ids), with the selling region whose endpoint
/// answers for it (https://developer-docs.amazon.com/sp-api/docs/sp-api-endpoints).
/// </summary>
internal sealed record AmazonMarketplace(string Id, string Host, string Region)
{
    public const string NorthAmerica = "na";
    public const string Europe = "eu";
    public const string FarEast = "fe";

    private static readonly AmazonMarketplace[] All =
    [
        new("A2EUQ1WTGCTBG2", "amazon.ca", NorthAmerica),
        new("ATVPDKIKX0DER", "amazon.com", NorthAmerica),
        new("A1AM78C64UM0Y8", "amazon.com.mx", NorthAmerica),
        new("A2Q3Y263D00KWC", "amazon.com.br", NorthAmerica),
        new("A28R8C7NBKEWEA", "amazon.ie", Europe),
        new("A1RKKUPIHCS9HS", "amazon.es", Europe),
        new("A1F83G8C2ARO7P", "amazon.co.uk", Europe),
        new("A13V1IB3VIYZZH", "amazon.fr", Europe),
        new("AMEN7PMS3EDWL", "amazon.com.be", Europe),
        new("A1805IZSGTT6HS", "amazon.nl", Europe),
        new("A1PA6795UKMFR9", "amazon.de", Europe),
        new("APJ6JRA9NG5V4", "amazon.it", Europe),
        new("A2NODRKZP88ZB9", "amazon.se", Europe),
        new("AE08WJ6YKNBMC", "amazon.co.za", Europe),
        new("A1C3SOZRARQ6R3", "amazon.pl", Europe),
        new("ARBP9OOSHTCHU", "amazon.eg", Europe),
        new("A33AVAJ2PDY3EV", "amazon.com.tr", Europe),
        new("A17E79C6D8DWNP", "amazon.sa", Europe),
        new("A2VIGQ35RCS4UG", "amazon.ae", Europe),
        new("A21TJRUUN4KGV", "amazon.in", Europe),
        new("A19VAU5U5O7RUS", "amazon.sg", FarEast),
        new("A39IBJ37TRP1C6", "amazon.com.au", FarEast),
        new("A1VC38T7YXB528", "amazon.co.jp", FarEast),
    ];

    private static readonly FrozenDictionary<string, AmazonMarketplace> ByHost = All.ToFrozenDictionary(store => store.Host, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, AmazonMarketplace> ById = All.ToFrozenDictionary(store => store.Id, StringComparer.Ordinal);

    public static IEnumerable<string> Hosts => ByHost.Keys.Order(StringComparer.Ordinal);

    /// <summary>Where its pages are.</summary>
    public Uri Site => new($"https://www.{Host}/");

    /// <summary>Of the Selling Partner API.</summary>
    public static Uri EndpointOf(string region) => new($"https://sellingpartnerapi-{region}.amazon.com/");

    /// <returns>Null for a site that is none of Amazon's.</returns>
    public static AmazonMarketplace? OfSite(Uri site) =>
        ByHost.GetValueOrDefault(site.IdnHost.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? site.IdnHost[4..] : site.IdnHost);

    public static AmazonMarketplace? OfId(string? id) => id is null ? null : ById.GetValueOrDefault(id);
}
