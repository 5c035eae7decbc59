using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;

namespace Marketline.Platforms.Extract;

/// <summary>
/// Reads the offer of a product page from all that the page carries: structured data, meta elements, embedded state and what it
/// shows. General rules only; nothing here knows a shop.
/// </summary>
public static class ProductPageReader
{
    public const string NotAProduct = "not-a-product";

    private static readonly string[] PlainFields =
    [
        FieldNames.Name, FieldNames.Description, FieldNames.Availability, FieldNames.ItemCondition, FieldNames.Seller, FieldNames.Sku, FieldNames.Mpn, FieldNames.Gtin,
        FieldNames.Brand, FieldNames.Category, FieldNames.Image, FieldNames.RatingValue, FieldNames.BestRating, FieldNames.ReviewCount,
    ];

    /// <summary>One offer, or why there is none. Never throws for what stands in the page.</summary>
    public static ExtractionResult Read(FetchedPage page)
    {
        var scan = HtmlPage.Scan(page, out var defect);
        if (scan is null)
        {
            return ExtractionResult.Defective(defect!);
        }

        var address = Uri.TryCreate(page.FinalUrl, UriKind.Absolute, out var parsed) ? parsed : null;
        var identity = new PageIdentity(scan, address);
        var items = ProductItems.Find(StructuredItems.Of(scan), identity);
        var facts = new ProductFacts(scan.Language, address?.Host);
        var shown = Collect(scan, identity, items, facts);
        var price = PriceVote.Decide(facts, shown);
        if (!ProductPageTest.IsProductPage(scan, items, facts, price?.Price))
        {
            return ExtractionResult.Skipped(NotAProduct);
        }

        return new ExtractionResult([Assemble(page, scan, identity, facts, shown, price)]);
    }

    private static List<VisiblePrice> Collect(PageScan scan, PageIdentity identity, ProductItems items, ProductFacts facts)
    {
        foreach (var product in items.Main)
        {
            StructuredProductReader.Read(product, facts);
        }

        MetaProductReader.Read(scan, facts);
        if (facts.Prices.Count == 0)
        {
            EmbeddedStateReader.Read(scan, identity, facts);
        }

        var traits = new ElementTraits(identity.TitleElement);
        VisibleIdentifiers.Find(scan, identity, traits, facts);
        UrlIdentifier.Find(scan, identity, facts);
        VisibleAvailability.Find(scan, identity, traits, facts);
        VisibleDetails.Find(scan, identity, traits, facts);
        return VisiblePrices.Find(scan, identity, traits, facts);
    }

    private static ExtractedObject Assemble(
        FetchedPage page,
        PageScan scan,
        PageIdentity identity,
        ProductFacts facts,
        List<VisiblePrice> shown,
        (PriceCandidate Price, double Confidence)? price
    )
    {
        var fields = new Dictionary<string, RawField>(StringComparer.Ordinal);
        foreach (var field in PlainFields)
        {
            if (facts.Best(field) is { } best)
            {
                fields.Add(field, best);
            }
        }

        if (!fields.ContainsKey(FieldNames.Name) && identity.Names is [var title, ..])
        {
            fields.Add(FieldNames.Name, new RawField(title, ExtractionSource.Visible, "title", 0.4));
        }

        if (price is { } decided)
        {
            AddPrice(fields, facts, shown, decided.Price, decided.Confidence);
        }
        else if (facts.Best(FieldNames.Price) is { } unusable)
        {
            fields.Add(FieldNames.Price, unusable);
        }

        var key = ObjectKey.FromUrl(PageAddress.Of(page, scan));
        return new ExtractedObject { Type = ObjectType.Offer, ObjectKey = key, Url = CanonicalUrl.Of(page.Url), Position = "page", Fields = fields, Language = scan.Language };
    }

    private static void AddPrice(Dictionary<string, RawField> fields, ProductFacts facts, List<VisiblePrice> shown, PriceCandidate price, double confidence)
    {
        fields.Add(FieldNames.Price, new RawField(price.Text, price.Source, price.Location, confidence));
        var currency = price.CurrencyText ?? facts.Prices.Find(other => other.Amount == price.Amount && other.CurrencyText is not null)?.CurrencyText
            ?? shown.Find(other => other.Amount == price.Amount && other.Mark is not null)?.Mark;
        if (!string.IsNullOrWhiteSpace(currency))
        {
            fields.Add(FieldNames.PriceCurrency, new RawField(currency, price.Source, price.Location, confidence));
        }

        if (PriceVote.ListPrice(facts, shown, price) is { } list)
        {
            fields.Add(FieldNames.ListPrice, new RawField(list.Text, list.Source, list.Location, 0.6));
        }

        // An offer with a price that nothing says is gone can be bought, as a rule; no page states less.
        if (!fields.ContainsKey(FieldNames.Availability))
        {
            fields.Add(FieldNames.Availability, new RawField(nameof(Availability.InStock), price.Source, "implied by price", 0.3));
        }
    }
}
