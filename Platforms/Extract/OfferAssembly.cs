using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;

namespace Marketline.Platforms.Extract;

/// <summary>Makes a page's main offer of the candidates: for each field the one that is surest; for the price, what the vote decides.</summary>
internal static class OfferAssembly
{
    private const double ListConfidence = 0.6;
    private const double ImpliedConfidence = 0.3;

    private static readonly string[] PlainFields =
    [
        FieldNames.Name, FieldNames.Description, FieldNames.Availability, FieldNames.ItemCondition, FieldNames.Seller, FieldNames.ShippingPrice, FieldNames.Sku, FieldNames.Mpn, FieldNames.Gtin,
        FieldNames.Brand, FieldNames.Category, FieldNames.Image, FieldNames.Images, FieldNames.RatingValue, FieldNames.BestRating, FieldNames.ReviewCount,
    ];

    public static ExtractedObject Build(
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

        return new ExtractedObject
        {
            Type = ObjectType.Offer,
            ObjectKey = ObjectKey.FromUrl(PageAddress.Of(page, scan)),
            Url = CanonicalUrl.Of(page.Url),
            Position = ProductPageReader.PagePosition,
            Fields = fields,
            Language = scan.Language,
        };
    }

    private static void AddPrice(Dictionary<string, RawField> fields, ProductFacts facts, List<VisiblePrice> shown, PriceCandidate price, double confidence)
    {
        fields.Add(FieldNames.Price, new RawField(price.Text, price.Source, price.Location, confidence));
        if (Currency(facts, shown, price, confidence) is { } currency)
        {
            fields.Add(FieldNames.PriceCurrency, currency);
        }

        if (PriceVote.ListPrice(facts, shown, price) is { } list)
        {
            fields.Add(FieldNames.ListPrice, new RawField(list.Text, list.Source, list.Location, ListConfidence));
        }

        // An offer with a price that nothing says is gone can be bought, as a rule; no page states less.
        if (!fields.ContainsKey(FieldNames.Availability))
        {
            fields.Add(FieldNames.Availability, new RawField(nameof(Availability.InStock), price.Source, "implied by price", ImpliedConfidence));
        }
    }

    /// <summary>What stands beside the price, or beside the same amount elsewhere; else the page's one currency; else its country's.</summary>
    private static RawField? Currency(ProductFacts facts, List<VisiblePrice> shown, PriceCandidate price, double confidence)
    {
        var beside = price.CurrencyText
            ?? facts.Prices.Find(other => other.Amount == price.Amount && !string.IsNullOrWhiteSpace(other.CurrencyText))?.CurrencyText
            ?? shown.Find(other => other.Amount == price.Amount && other.Mark is not null)?.Mark;
        if (!string.IsNullOrWhiteSpace(beside))
        {
            return new RawField(beside, price.Source, price.Location, confidence);
        }

        if (facts.Prices.Find(other => !string.IsNullOrWhiteSpace(other.CurrencyText)) is { CurrencyText: { } stated } candidate)
        {
            return new RawField(stated, candidate.Source, candidate.Location, ImpliedConfidence);
        }

        if (facts.Best(FieldNames.PriceCurrency) is { } page)
        {
            return page;
        }

        return CurrencyResolver.OfCountry(facts.Language, facts.Host) is { } code ? new RawField(code, ExtractionSource.Meta, "implied by the shop's country", ImpliedConfidence) : null;
    }
}
