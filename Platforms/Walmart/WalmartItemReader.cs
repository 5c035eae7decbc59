using Marketline.Core.Clean;
using Marketline.Core.Extract;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Walmart;

/// <summary>
/// Offers from the items of the affiliate API, by the names of its item response groups
/// (https://walmart.io/docs/affiliates/v1/item-response-groups).
/// </summary>
internal static class WalmartItemReader
{
    public const string NoProducts = "no-products";

    public static ExtractionResult Read(JsonSpot root)
    {
        if (!root["items"].IsArray)
        {
            return ExtractionResult.Defective(JsonText.NotJson);
        }

        var offers = root["items"].Items().SelectMany(Offers).DistinctBy(offer => offer.ObjectKey).ToList();
        return offers.Count == 0 ? ExtractionResult.Skipped(NoProducts) : new ExtractionResult(offers);
    }

    /// <summary>Walmart's own offer or that of the seller it shows, and the best of the marketplace where the API names it beside.</summary>
    private static IEnumerable<ExtractedObject> Offers(JsonSpot item)
    {
        if (WalmartItem.TryParse(item["itemId"].Text) is not { } id)
        {
            yield break;
        }

        yield return Offer(item, item, id, id);
        if (item["bestMarketplacePrice"] is { Exists: true } best)
        {
            yield return Offer(item, best, id, $"{id}/marketplace");
        }
    }

    private static ExtractedObject Offer(JsonSpot item, JsonSpot offer, string id, string key)
    {
        var fields = new FieldSet(ExtractionSource.Api);
        fields.Add(FieldNames.Name, item["name"]);
        fields.Add(FieldNames.Description, item.FirstText("longDescription", "shortDescription"));
        fields.Add(FieldNames.Brand, item["brandName"]);
        fields.Add(FieldNames.Category, item["categoryPath"]);
        fields.Add(FieldNames.Sku, item["itemId"]);
        fields.Add(FieldNames.Mpn, item["modelNumber"]);
        fields.Add(FieldNames.Gtin, item.FirstText("upc", "gtin"));
        fields.Add(FieldNames.Image, item.FirstText("largeImage", "mediumImage", "thumbnailImage"));
        fields.Add(FieldNames.Images, Images(item), item["imageEntities"].Path);
        fields.Add(FieldNames.RatingValue, item["customerRating"]);
        fields.Add(FieldNames.ReviewCount, item["numReviews"]);
        fields.Add(FieldNames.Seller, offer["sellerInfo"]);
        fields.Add(FieldNames.Seller, key == id && item["marketplace"].IsFalse ? "Walmart.com" : null, item["marketplace"].Path);
        AddOffer(fields, item, offer);
        return new ExtractedObject
        {
            Type = ObjectType.Offer,
            ObjectKey = WalmartItem.OfferKey(WalmartItem.UnitedStates.Host, key),
            Url = WalmartItem.PageOf(WalmartItem.UnitedStates, id),
            Position = offer.Path,
            Fields = fields.Fields,
            Language = "en",
        };
    }

    private static void AddOffer(FieldSet fields, JsonSpot item, JsonSpot offer)
    {
        var price = offer.FirstText("salePrice", "price");
        fields.Add(FieldNames.Price, price);
        fields.Add(FieldNames.PriceCurrency, price.Text is null ? null : "USD", price.Path);
        fields.Add(FieldNames.ListPrice, item["msrp"]);
        fields.Add(FieldNames.ShippingPrice, offer["standardShipRate"]);
        var (stock, place) = Stock(item, offer);
        fields.Add(FieldNames.Availability, stock?.ToString(), place.Path);
    }

    /// <summary>"Available", "Limited Supply", "Last few items", "Not available".</summary>
    private static (Availability? Value, JsonSpot Place) Stock(JsonSpot item, JsonSpot offer)
    {
        if (offer["availableOnline"].IsFalse)
        {
            var isInStores = offer["offerType"].Text == "STORE_ONLY";
            return (isInStores ? Availability.InStoreOnly : Availability.OutOfStock, offer["availableOnline"]);
        }

        if (item["preOrder"].IsTrue)
        {
            return (Availability.PreOrder, item["preOrder"]);
        }

        Availability? stock = offer["stock"].Text switch
        {
            "Available" => Availability.InStock,
            "Limited Supply" or "Limited supply" or "Last few items" => Availability.LimitedAvailability,
            "Not available" => Availability.OutOfStock,
            _ => null,
        };
        return stock is null && offer["availableOnline"].IsTrue ? (Availability.InStock, offer["availableOnline"]) : (stock, offer["stock"]);
    }

    private static string Images(JsonSpot item) =>
        string.Join('\n', item["imageEntities"].Items().Select(image => image.FirstText("largeImage", "mediumImage", "thumbnailImage").Text).Where(url => url is not null));
}
