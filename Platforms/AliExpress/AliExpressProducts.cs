using Marketline.Core.Extract;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.AliExpress;

/// <summary>
/// Offers from the products of the affiliate API, by the names of aliexpress.affiliate.productdetail.get
/// (https://openservice.aliexpress.com/doc/api.htm). It tells neither stock nor stars: <c>evaluate_rate</c> is the share of good reviews.
/// </summary>
internal static class AliExpressProducts
{
    public const string NoProducts = "no-products";

    /// <summary>Where an interface's answer stands: <c>{"aliexpress_…_response":…}</c>, or without the cover when simplified.</summary>
    public static JsonSpot Cover(JsonSpot root)
    {
        var cover = root.Members().FirstOrDefault(member => member.Path.EndsWith("_response", StringComparison.Ordinal));
        return cover.Exists ? cover : root;
    }

    public static JsonSpot Result(JsonSpot root) => Cover(root)["resp_result"];

    /// <summary>Lists stand in an object that names what they list, except in simplified answers.</summary>
    public static IEnumerable<JsonSpot> ListOf(JsonSpot list, string name) => (list.IsArray ? list : list[name]).Items();

    public static IEnumerable<JsonSpot> Of(JsonSpot result) => ListOf(result["products"], "product");

    public static ExtractionResult Read(JsonSpot root, AliExpressMarket market)
    {
        var answer = Result(root);
        if (!answer.Exists)
        {
            return ExtractionResult.Defective(JsonText.NotJson);
        }

        var offers = Of(answer["result"]).Select(product => Offer(product, market)).OfType<ExtractedObject>().DistinctBy(offer => offer.ObjectKey).ToList();
        return offers.Count == 0 ? ExtractionResult.Skipped(NoProducts) : new ExtractionResult(offers);
    }

    private static ExtractedObject? Offer(JsonSpot product, AliExpressMarket market)
    {
        if (AliExpressItem.TryParse(product["product_id"].Text) is not { } id)
        {
            return null;
        }

        var fields = new FieldSet(ExtractionSource.Api);
        fields.Add(FieldNames.Name, product["product_title"]);
        fields.Add(FieldNames.Sku, product["product_id"]);
        fields.Add(FieldNames.Category, Category(product), product["second_level_category_name"].Path);
        fields.Add(FieldNames.Seller, product["shop_name"]);
        fields.Add(FieldNames.Image, product["product_main_image_url"]);
        fields.Add(FieldNames.Images, Images(product), product["product_small_image_urls"].Path);
        AddPrice(fields, product);
        return Offer(fields, product, id, market);
    }

    /// <param name="fields">What is known of it.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="id">The product's number.</param>
    /// <param name="market">The site that it is sold on.</param>
    /// <param name="sku">A variant's number.</param>
    public static ExtractedObject Offer(FieldSet fields, JsonSpot place, string id, AliExpressMarket market, string sku = "") =>
        new()
        {
            Type = ObjectType.Offer,
            ObjectKey = AliExpressItem.Key(market.Host, id, sku),
            Url = AliExpressItem.PageOf(market.Site, id) + (sku.Length == 0 ? "" : $"?sku_id={sku}"),
            Position = place.Path,
            Fields = fields.Fields,
            Language = market.Language.ToLowerInvariant(),
        };

    /// <summary>In the currency that was asked for, else in the seller's; never one amount with the other's currency.</summary>
    private static void AddPrice(FieldSet fields, JsonSpot product)
    {
        var prefix = product["target_sale_price"].Text is null ? "" : "target_";
        fields.Add(FieldNames.Price, product[$"{prefix}sale_price"]);
        fields.Add(FieldNames.PriceCurrency, product[$"{prefix}sale_price_currency"]);
        var isSame = product[$"{prefix}original_price_currency"].Text == product[$"{prefix}sale_price_currency"].Text;
        fields.Add(FieldNames.ListPrice, isSame ? product[$"{prefix}original_price"].Text : null, product[$"{prefix}original_price"].Path);
    }

    private static string Category(JsonSpot product) =>
        string.Join(" > ", new[] { product["first_level_category_name"].Text, product["second_level_category_name"].Text }.Where(name => !string.IsNullOrWhiteSpace(name)));

    private static string Images(JsonSpot product)
    {
        var urls = product["product_small_image_urls"];
        return string.Join('\n', ListOf(urls, "string").Select(url => url.Text).Where(url => !string.IsNullOrWhiteSpace(url)));
    }
}
