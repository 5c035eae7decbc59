using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Amazon;

/// <summary>
/// A product's page. Amazon's carry no structured data: the fields stand in elements with ids of their own, and the price in several
/// places, of which the one to pay is taken. A page without them is read as any other shop's.
/// </summary>
internal static partial class AmazonProductPage
{
    /// <summary>Where the price of the featured offer stands, the most telling first.</summary>
    private static readonly string[] PricePlaces =
    [
        "#corePriceDisplay_desktop_feature_div", "#corePrice_feature_div", "#corePriceDisplay_mobile_feature_div", "#corePrice_desktop", "#apex_desktop", "#buybox", "#price",
    ];

    private static readonly string[] OldPrices = ["#priceblock_dealprice", "#priceblock_ourprice", "#priceblock_saleprice", "#price_inside_buybox"];

    public static ExtractionResult Read(FetchedPage page)
    {
        using var document = AmazonDocument.TryParse(page, "productTitle"u8);
        var title = AmazonDocument.Line(document?.QuerySelector("#productTitle"));
        return document is null || title is null ? ProductPageReader.Read(page) : new ExtractionResult([ReadProduct(page, document, title)]);
    }

    private static ExtractedObject ReadProduct(FetchedPage page, IDocument document, string title)
    {
        var address = Uri.TryCreate(page.Url, UriKind.Absolute, out var parsed) ? parsed : null;
        var asin = AsinOf(address, document);
        var fields = new Dictionary<string, RawField>(StringComparer.Ordinal);
        void Add(string field, string? text, string location, double confidence = 0.95)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                fields.TryAdd(field, new RawField(text, ExtractionSource.Visible, location, confidence));
            }
        }

        Add(FieldNames.Name, title, "#productTitle");
        Add(FieldNames.Sku, asin?.Value, "asin", 1);
        AddPrice(document, Add);
        Add(FieldNames.Availability, StockOf(document), "#availability", 0.9);
        Add(FieldNames.Availability, fields.ContainsKey(FieldNames.Price) ? nameof(Availability.InStock) : null, "implied by price", 0.3);
        Add(FieldNames.Brand, AmazonDocument.Line(document.QuerySelector("tr.po-brand .po-break-word")), "tr.po-brand");
        Add(FieldNames.Brand, BrandOf(AmazonDocument.Line(document.QuerySelector("#bylineInfo"))), "#bylineInfo", 0.8);
        Add(FieldNames.Seller, AmazonDocument.Line(document.QuerySelector("#sellerProfileTriggerId")), "#sellerProfileTriggerId");
        Add(FieldNames.Seller, AmazonDocument.Line(document.QuerySelector("#merchantInfoFeature_feature_div .offer-display-feature-text-message")), "#merchantInfoFeature_feature_div", 0.9);
        Add(FieldNames.Category, string.Join(" > ", document.QuerySelectorAll("#wayfinding-breadcrumbs_feature_div a").Select(AmazonDocument.Line).OfType<string>()), "#wayfinding-breadcrumbs_feature_div");
        Add(FieldNames.Description, string.Join('\n', document.QuerySelectorAll("#feature-bullets li").Select(AmazonDocument.Line).OfType<string>()), "#feature-bullets", 0.8);
        var image = document.QuerySelector("#landingImage, #imgBlkFront");
        Add(FieldNames.Image, image?.GetAttribute("data-old-hires"), "#landingImage@data-old-hires");
        Add(FieldNames.Image, image?.GetAttribute("src") is { } source && !source.StartsWith("data:", StringComparison.Ordinal) ? source : null, "#landingImage@src");
        Add(FieldNames.RatingValue, RatingOf(document.QuerySelector("#acrPopover")?.GetAttribute("title")), "#acrPopover@title");
        Add(FieldNames.ReviewCount, AmazonDocument.Line(document.QuerySelector("#acrCustomerReviewText")), "#acrCustomerReviewText");
        var store = address is null ? null : AmazonMarketplace.OfSite(address)?.Id ?? address.Authority;
        return new ExtractedObject
        {
            Type = ObjectType.Offer,
            ObjectKey = asin is null || store is null ? ObjectKey.FromUrl(CanonicalUrl.Of(page.Url)) : asin.Key(store),
            Url = CanonicalUrl.Of(page.Url),
            Position = "page",
            Fields = fields,
            Language = document.DocumentElement?.GetAttribute("lang") is { Length: > 1 and < 20 } language ? language : null,
        };
    }

    /// <summary>Of stars; the language decides which of the two numbers comes first.</summary>
    internal static string? RatingOf(string? text) => text is not null && text.TrimStart().StartsWith("5つ星", StringComparison.Ordinal) ? text[(text.LastIndexOf('ち') + 1)..] : text;

    private static Asin? AsinOf(Uri? address, IDocument document) =>
        (address is null ? null : Asin.OfAddress(address))
        ?? Asin.TryParse(document.QuerySelector("input#ASIN")?.GetAttribute("value"))
        ?? Asin.TryParse(document.QuerySelector("#averageCustomerReviews[data-asin], #dp[data-asin], [data-asin]")?.GetAttribute("data-asin"));

    private static void AddPrice(IDocument document, Action<string, string?, string, double> add)
    {
        foreach (var place in PricePlaces)
        {
            var container = document.QuerySelector(place);
            var price = container?.QuerySelector(".priceToPay, .apexPriceToPay, .reinventPricePriceToPayMargin") ?? container?.QuerySelector(".a-price:not(.a-text-price)");
            if (PriceOf(price) is { } text)
            {
                add(FieldNames.Price, text, $"{place} .a-price", 0.95);
                add(FieldNames.ListPrice, PriceOf(container!.QuerySelector(".basisPrice .a-price, .a-price[data-a-strike=true]")), $"{place} .basisPrice", 0.9);
                return;
            }
        }

        foreach (var place in OldPrices)
        {
            add(FieldNames.Price, AmazonDocument.Line(document.QuerySelector(place)), place, 0.9);
        }
    }

    /// <summary>What screen readers say, which is whole; where that is empty, what is shown in parts.</summary>
    private static string? PriceOf(IElement? price) =>
        AmazonDocument.Line(price?.QuerySelector(".a-offscreen")) ?? AmazonDocument.Line(price?.QuerySelector("[aria-hidden=true]"))?.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Only what is said first: behind it stand delivery times and scripts.</summary>
    private static string? StockOf(IDocument document) =>
        AmazonDocument.Line(document.QuerySelector("#availability span")) ?? AmazonDocument.Line(document.QuerySelector("#outOfStock .a-color-price"));

    private static string? BrandOf(string? byline) => byline is not null && Byline().Match(byline) is { Success: true } match ? match.Groups["brand"].Value : null;

    [GeneratedRegex(@"^(?:Visit the (?<brand>.+) Store|Brand: (?<brand>.+)|Besuche den (?<brand>.+)-Store|Marke: (?<brand>.+)|Visiter la boutique (?<brand>.+)|Marque : (?<brand>.+)|Visita la tienda de (?<brand>.+)|Marca: (?<brand>.+)|Visita lo Store di (?<brand>.+)|(?<brand>.+)のストアを表示|ブランド: (?<brand>.+))$", RegexOptions.CultureInvariant)]
    private static partial Regex Byline();
}
