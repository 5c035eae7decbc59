using Marketline.Core.Clean;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Extract;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Walmart;

/// <summary>The offers in the state of an item's page: that of the item, and those of its variants, which are items of their own.</summary>
internal static class WalmartPageOffers
{
    /// <returns>Null when the state is that of another page.</returns>
    public static ExtractionResult? Read(JsonSpot data, Uri address)
    {
        var product = data["data"]["product"];
        if (WalmartItem.TryParse(product["usItemId"].Text) is not { } id)
        {
            return data["searchResult"].Exists ? ExtractionResult.Skipped(ProductPageReader.NotAProduct) : null;
        }

        var offers = new List<ExtractedObject> { Offer(product, product, id, CanonicalUrl.Of(address.AbsoluteUri), address.Authority) };
        foreach (var variant in product["variantsMap"].Members())
        {
            if (WalmartItem.TryParse(variant["usItemId"].Text) is { } other && other != id)
            {
                offers.Add(Offer(product, variant, other, WalmartItem.PageOf(address, other), address.Authority));
            }
        }

        return new ExtractionResult([.. offers.DistinctBy(offer => offer.ObjectKey)]);
    }

    /// <param name="product">The page's product.</param>
    /// <param name="sold">The same, or one of its variants, which repeats only what is special about it.</param>
    /// <param name="id">The number of what is sold.</param>
    /// <param name="url">Where it is sold.</param>
    /// <param name="site">The shop's host.</param>
    private static ExtractedObject Offer(JsonSpot product, JsonSpot sold, string id, string url, string site)
    {
        var fields = new FieldSet(ExtractionSource.EmbeddedState);
        fields.Add(FieldNames.Name, sold["name"]);
        fields.Add(FieldNames.Name, NameIn(sold["productUrl"].Text), sold["productUrl"].Path);
        fields.Add(FieldNames.Description, product.FirstText("detailedDescription", "shortDescription"));
        fields.Add(FieldNames.Brand, product["brand"]);
        fields.Add(FieldNames.Category, Joined(" > ", product["category"]["path"].Items().Select(part => part["name"].Text)), product["category"]["path"].Path);
        fields.Add(FieldNames.Sku, sold["usItemId"]);
        fields.Add(FieldNames.Mpn, sold.FirstText("manufacturerProductId", "model"));
        fields.Add(FieldNames.Gtin, sold["upc"]);
        fields.Add(FieldNames.Seller, product.FirstText("sellerDisplayName", "sellerName"));
        fields.Add(FieldNames.RatingValue, product["averageRating"]);
        fields.Add(FieldNames.ReviewCount, product["numberOfReviews"]);
        AddImages(fields, sold["imageInfo"]);
        AddPrice(fields, sold["priceInfo"]);
        fields.Add(FieldNames.ShippingPrice, sold["shippingOption"]["shipPrice"]["price"]);
        AddStock(fields, sold);
        return new ExtractedObject
        {
            Type = ObjectType.Offer,
            ObjectKey = WalmartItem.OfferKey(site, id),
            Url = url,
            Position = sold.Path,
            Fields = fields.Fields,
            Language = "en",
        };
    }

    /// <summary>A variant is not called as its product, but its address is: <c>/ip/Enamel-Kettle-2-qt-Red/55885488</c>.</summary>
    private static string? NameIn(string? productUrl) => productUrl?.Split('/', '?') is ["", "ip", var name, _, ..] ? Uri.UnescapeDataString(name).Replace('-', ' ') : null;

    private static void AddImages(FieldSet fields, JsonSpot images)
    {
        fields.Add(FieldNames.Image, images["thumbnailUrl"]);
        fields.Add(FieldNames.Images, Joined("\n", images["allImages"].Items().Select(image => image["url"].Text)), images["allImages"].Path);
    }

    private static void AddPrice(FieldSet fields, JsonSpot price)
    {
        fields.Add(FieldNames.Price, price["currentPrice"]["price"]);
        fields.Add(FieldNames.PriceCurrency, price["currentPrice"]["currencyUnit"]);
        fields.Add(FieldNames.ListPrice, price["wasPrice"]["price"]);
    }

    /// <summary>A word that is not known is left to cleaning, which reports it.</summary>
    private static void AddStock(FieldSet fields, JsonSpot sold)
    {
        fields.Add(FieldNames.Availability, sold["preOrder"]["isPreOrder"].IsTrue ? nameof(Availability.PreOrder) : null, sold["preOrder"]["isPreOrder"].Path);
        var status = sold["availabilityStatus"];
        var meaning = status.Text switch
        {
            "IN_STOCK" => nameof(Availability.InStock),
            "OUT_OF_STOCK" => nameof(Availability.OutOfStock),
            var other => other,
        };
        fields.Add(FieldNames.Availability, meaning, status.Path);
    }

    private static string Joined(string separator, IEnumerable<string?> texts) => string.Join(separator, texts.Where(text => !string.IsNullOrWhiteSpace(text)));
}
