using System.Globalization;
using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Platforms.Amazon;

/// <summary>
/// A call of the Selling Partner API (https://github.com/amzn/selling-partner-api-models, catalogItems_2022-04-01 and
/// productPricing_2022-05-01) or of the Creators API (https://affiliate-program.amazon.com/creatorsapi/docs/en-us/introduction). What a
/// POST says stands in the query of its identity as well, so that reading an answer needs nothing else.
/// </summary>
internal sealed record AmazonCall(Uri Endpoint, AmazonMarketplace Marketplace)
{
    /// <summary>The most ASINs, and results, that a call of the Selling Partner API has.</summary>
    public const int PartnerBatch = 20;

    /// <summary>The same of the Creators API.</summary>
    public const int CreatorsBatch = 10;

    /// <summary>The Creators API gives ten pages of a search; of the Selling Partner API no more are taken than these.</summary>
    private const int MaxCreatorsPage = 10;
    private const int MaxPartnerPage = 50;

    private const string CatalogPath = "/catalog/2022-04-01/items";
    private const string PricingPath = "/products/pricing/2022-05-01/items/competitiveSummary";
    private const string BatchPricingPath = "/batches" + PricingPath;
    private const string GetItemsPath = AmazonApi.CreatorsPath + "getItems";
    private const string SearchItemsPath = AmazonApi.CreatorsPath + "searchItems";

    private static readonly string[] CreatorsResources =
    [
        "images.primary.large", "itemInfo.title", "itemInfo.byLineInfo", "itemInfo.classifications", "itemInfo.externalIds", "itemInfo.features", "itemInfo.manufactureInfo",
        "offersV2.listings.availability", "offersV2.listings.condition", "offersV2.listings.isBuyBoxWinner", "offersV2.listings.merchantInfo", "offersV2.listings.price",
    ];

    public AmazonOperation Operation { get; private init; }

    /// <summary>Null but for a search.</summary>
    public string? Keywords { get; private init; }

    public int Page { get; private init; } = 1;

    /// <summary>Those that were asked for; empty for a search.</summary>
    public IReadOnlyList<string> Asins { get; private init; } = [];

    /// <returns>Null for the address of a page.</returns>
    public static AmazonCall? TryParse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || OperationOf(address.AbsolutePath) is not { } operation)
        {
            return null;
        }

        var query = QueryHelpers.ParseQuery(address.Query);
        string? Value(string name) => query.GetValueOrDefault(name) is [{ Length: > 0 } value] ? value : null;
        if (AmazonMarketplace.OfId(Value("marketplaceIds")) is not { } marketplace)
        {
            return null;
        }

        return new AmazonCall(new Uri(address.GetLeftPart(UriPartial.Authority)), marketplace)
        {
            Operation = operation,
            Keywords = Value("keywords"),
            Page = int.TryParse(Value("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 1,
            Asins = Value("identifiers")?.Split(',') ?? [],
        };
    }

    /// <summary>What these products are. The catalog has no prices.</summary>
    public CrawlTarget Catalog(IEnumerable<string> asins) =>
        Get($"identifiers={string.Join(',', asins)}&identifiersType=ASIN&includedData=attributes,identifiers,images,summaries&pageSize={PartnerBatch}&marketplaceIds={Marketplace.Id}", "");

    /// <param name="keywords">Words divided by commas.</param>
    /// <param name="kind">A price crawl only needs the ASINs.</param>
    /// <param name="page">From one on.</param>
    /// <param name="token">Of the page, from the one before.</param>
    public CrawlTarget CatalogSearch(string keywords, CrawlKind kind, int page = 1, string? token = null)
    {
        var data = kind == CrawlKind.Prices ? "summaries" : "attributes,identifiers,images,summaries";
        var at = token is null ? "" : $"&pageToken={Uri.EscapeDataString(token)}";
        return Get($"keywords={Escaped(keywords)}&includedData={data}&pageSize={PartnerBatch}&marketplaceIds={Marketplace.Id}{at}", string.Create(CultureInfo.InvariantCulture, $"&page={page}"));
    }

    /// <summary>What these products cost at the moment.</summary>
    public CrawlTarget Pricing(IReadOnlyList<string> asins) =>
        Post(
            BatchPricingPath,
            $"identifiers={string.Join(',', asins)}",
            new
            {
                requests = asins.Select(asin => new
                {
                    asin,
                    marketplaceId = Marketplace.Id,
                    includedData = (string[])["featuredBuyingOptions", "referencePrices", "lowestPricedOffers"],
                    lowestPricedOffersInputs = new[] { new { itemCondition = "New", offerType = "Consumer" } },
                    uri = PricingPath,
                    method = "GET",
                }),
            }
        );

    /// <summary>What these products are and cost, from the Creators API.</summary>
    public CrawlTarget Items(IReadOnlyList<string> asins) =>
        Post(GetItemsPath, $"identifiers={string.Join(',', asins)}", new { itemIds = asins, itemIdType = "ASIN", marketplace = Marketplace.Site.Host, resources = CreatorsResources });

    public CrawlTarget ItemSearch(string keywords, int page = 1) =>
        Post(
            SearchItemsPath,
            string.Create(CultureInfo.InvariantCulture, $"keywords={Escaped(keywords)}&page={page}"),
            new { keywords, itemCount = CreatorsBatch, itemPage = page, marketplace = Marketplace.Site.Host, resources = CreatorsResources }
        );

    /// <returns>Null at the end, or at the end of what is taken.</returns>
    public CrawlTarget? NextPage(CrawlKind kind, int resultCount, string? token) =>
        this switch
        {
            { Operation: AmazonOperation.SearchCatalogItems, Keywords: { } words, Page: < MaxPartnerPage } when token is { Length: > 0 } => CatalogSearch(words, kind, Page + 1, token),
            { Operation: AmazonOperation.SearchItems, Keywords: { } words, Page: < MaxCreatorsPage } when resultCount >= CreatorsBatch => ItemSearch(words, Page + 1),
            _ => null,
        };

    private static AmazonOperation? OperationOf(string path) =>
        path switch
        {
            CatalogPath => AmazonOperation.SearchCatalogItems,
            BatchPricingPath => AmazonOperation.GetCompetitiveSummary,
            GetItemsPath => AmazonOperation.GetItems,
            SearchItemsPath => AmazonOperation.SearchItems,
            _ => null,
        };

    private static string Escaped(string keywords) => string.Join(',', keywords.Split(',').Select(Uri.EscapeDataString));

    private CrawlTarget Get(string query, string ours)
    {
        var call = new Uri(Endpoint, $"{CatalogPath}?{query}").AbsoluteUri;
        return new CrawlTarget(CanonicalUrl.Of(call + ours), call) { Call = new ApiCall() };
    }

    private CrawlTarget Post(string path, string ours, object body)
    {
        var call = new Uri(Endpoint, path).AbsoluteUri;
        return new CrawlTarget(CanonicalUrl.Of($"{call}?{ours}&marketplaceIds={Marketplace.Id}"), call)
        {
            Call = new ApiCall
            {
                Method = "POST",
                Body = JsonSerializer.Serialize(body),
                Headers = path.StartsWith(AmazonApi.CreatorsPath, StringComparison.Ordinal) ? new Dictionary<string, string> { ["x-marketplace"] = Marketplace.Site.Host } : [],
            },
        };
    }
}
