using System.Text;
using Marketline.Core.Clean;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Walmart;

/// <summary>
/// Offers from the Marketplace API, by the names of its published schema
/// (https://developer.walmart.com/us-marketplace/reference/getallitems and …/getsearchresult).
/// </summary>
internal static class WalmartMarketplaceReader
{
    /// <summary>The shelf of items that no menu leads to.</summary>
    private const string NoShelf = "UNNAV";

    /// <summary>A seller's items; the global edition of the API writes the name so, others not.</summary>
    public static JsonSpot ItemsOf(JsonSpot root) => root["ItemResponse"].Exists ? root["ItemResponse"] : root["itemResponse"];

    public static ExtractionResult Read(JsonSpot root, Uri address)
    {
        var isSearch = address.AbsolutePath == WalmartMarketplaceCalls.Search;
        var items = isSearch ? root["items"] : ItemsOf(root);
        if (!items.IsArray)
        {
            return ExtractionResult.Defective(JsonText.NotJson);
        }

        var offers = items.Items().Select(item => isSearch ? Found(item) : Own(item)).OfType<ExtractedObject>().DistinctBy(offer => offer.ObjectKey).ToList();
        return offers.Count == 0 ? ExtractionResult.Skipped(WalmartItemReader.NoProducts) : new ExtractionResult(offers);
    }

    /// <summary>The seller's own offer, which Walmart's number is not told of: the seller's SKU is its key.</summary>
    private static ExtractedObject? Own(JsonSpot item)
    {
        if (item["sku"].Text is not { Length: > 0 } sku)
        {
            return null;
        }

        var fields = new FieldSet(ExtractionSource.Api);
        fields.Add(FieldNames.Name, item["productName"]);
        fields.Add(FieldNames.Sku, item["sku"]);
        fields.Add(FieldNames.Gtin, item.FirstText("upc", "gtin"));
        fields.Add(FieldNames.Category, Shelf(item["shelf"].Text), item["shelf"].Path);
        fields.Add(FieldNames.Category, item["productType"]);
        fields.Add(FieldNames.ItemCondition, item["condition"]);
        AddPrice(fields, item["price"]);
        var (stock, place) = Stock(item);
        fields.Add(FieldNames.Availability, stock, place.Path);
        return Offer(fields, item, $"sku/{sku}", PageOf(item));
    }

    /// <summary>A product of Walmart's catalogue, whoever sells it.</summary>
    private static ExtractedObject? Found(JsonSpot item)
    {
        if (WalmartItem.TryParse(item["itemId"].Text) is not { } id)
        {
            return null;
        }

        var fields = new FieldSet(ExtractionSource.Api);
        fields.Add(FieldNames.Name, item["title"]);
        fields.Add(FieldNames.Description, item["description"]);
        fields.Add(FieldNames.Brand, item["brand"]);
        fields.Add(FieldNames.Category, Joined(item["properties"]["categories"]), item["properties"]["categories"].Path);
        fields.Add(FieldNames.Category, item["productType"]);
        fields.Add(FieldNames.Sku, item["itemId"]);
        var images = item["images"].Items().Select(image => image["url"]).Where(url => !string.IsNullOrWhiteSpace(url.Text)).ToList();
        fields.Add(FieldNames.Image, images.FirstOrDefault());
        fields.Add(FieldNames.Images, string.Join('\n', images.Select(url => url.Text)), item["images"].Path);
        fields.Add(FieldNames.RatingValue, item["customerRating"]);
        fields.Add(FieldNames.ReviewCount, item["properties"].FirstText("numReviews", "num_reviews"));
        AddPrice(fields, item["price"]);
        return Offer(fields, item, id, WalmartItem.PageOf(WalmartItem.UnitedStates, id));
    }

    private static void AddPrice(FieldSet fields, JsonSpot price)
    {
        fields.Add(FieldNames.Price, price["amount"]);
        fields.Add(FieldNames.PriceCurrency, price.FirstText("currency", "unit"));
    }

    /// <summary>What is retired or not published can not be bought; of what is, only newer answers say whether it is there.</summary>
    private static (string? Text, JsonSpot Place) Stock(JsonSpot item) =>
        item["lifecycleStatus"].Text is "RETIRED" or "ARCHIVED" ? (nameof(Availability.Discontinued), item["lifecycleStatus"])
        : item["publishedStatus"].Text is not (null or "PUBLISHED") ? (nameof(Availability.OutOfStock), item["publishedStatus"])
        : (item["availability"].Text?.Replace('_', ' '), item["availability"]);

    /// <summary>A list in JSON within a text: <c>"[\"Home Page\",\"Baby\",\"Baby Carriers\"]"</c>.</summary>
    private static string? Shelf(string? text) =>
        text is null ? null : JsonText.TryRead(Encoding.UTF8.GetBytes(text), list => Joined(list)) is { Length: > 0 } shelf && shelf != NoShelf ? shelf : null;

    private static string Joined(JsonSpot list) => string.Join(" > ", list.Items().Select(part => part.Text).Where(text => !string.IsNullOrWhiteSpace(text)));

    /// <summary>The answer does not tell an item's page but what Walmart finds it by.</summary>
    private static string PageOf(JsonSpot item) =>
        WalmartItem.TryParse(item["itemId"].Text) is { } id
            ? WalmartItem.PageOf(WalmartItem.UnitedStates, id)
            : CanonicalUrl.Of(new Uri(WalmartItem.UnitedStates, $"/search?q={Uri.EscapeDataString(item.FirstText("upc", "gtin", "productName", "sku").Text ?? "")}").AbsoluteUri);

    private static ExtractedObject Offer(FieldSet fields, JsonSpot item, string key, string url) =>
        new()
        {
            Type = ObjectType.Offer,
            ObjectKey = WalmartItem.OfferKey(WalmartItem.UnitedStates.Host, key),
            Url = url,
            Position = item.Path,
            Fields = fields.Fields,
            Language = "en",
        };
}
