using Marketline.Core.Clean;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Extract;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.AliExpress;

/// <summary>
/// The offers in the state of a product's page: the product at its lowest price, and each of its variants. The state's parts are called
/// components today (<c>priceComponent</c>), modules in older pages (<c>priceModule</c>).
/// </summary>
internal static class AliExpressPageOffers
{
    private const int MaxVariants = 1_000;

    /// <returns>Null when the state is that of another page.</returns>
    public static ExtractionResult? Read(JsonSpot data, Uri address)
    {
        var info = data["productInfoComponent"];
        var id = AliExpressItem.TryParse(info["idStr"].Or(info["id"]).Or(data["actionModule"]["productId"]).Or(data["commonModule"]["productId"]).Text);
        if (id is null || Name(data).Text is null)
        {
            return data["mods"].Exists ? ExtractionResult.Skipped(ProductPageReader.NotAProduct) : null;
        }

        var variants = data["priceComponent"]["skuPriceList"].Items().Concat(data["skuModule"]["skuPriceList"].Items()).Take(MaxVariants).ToList();
        var offers = new List<ExtractedObject> { Product(data, id, address) };
        if (variants.Count > 1)
        {
            var names = VariantNames(data);
            offers.AddRange(variants.Select(variant => Variant(data, variant, id, names, address)).OfType<ExtractedObject>());
        }

        return new ExtractionResult([.. offers.DistinctBy(offer => offer.ObjectKey)]);
    }

    private static ExtractedObject Product(JsonSpot data, string id, Uri address)
    {
        var (components, modules) = (data["priceComponent"], data["priceModule"]);
        var fields = Common(data);
        fields.Add(FieldNames.Name, Name(data));
        fields.Add(FieldNames.Sku, id, "productId");
        var price = components["discountPrice"]["minActivityAmount"] is { Exists: true } sale ? sale : modules["minActivityAmount"];
        var list = components["origPrice"]["minAmount"] is { Exists: true } original ? original : modules["minAmount"];
        AddPrice(fields, data, price, list);
        fields.Add(FieldNames.RatingValue, data["feedbackComponent"]["evarageStar"].Or(data["titleModule"]["feedbackRating"]["averageStar"]));
        fields.Add(FieldNames.ReviewCount, data["feedbackComponent"]["totalValidNum"].Or(data["titleModule"]["feedbackRating"]["totalValidNum"]));
        AddStock(fields, data["inventoryComponent"]["totalAvailQuantity"].Or(data["inventoryComponent"]["totalQuantity"]).Or(data["quantityModule"]["totalAvailQuantity"]));
        return Offer(fields, AliExpressItem.Key(address.Authority, id), CanonicalUrl.Of(address.AbsoluteUri), Name(data).Path);
    }

    private static ExtractedObject? Variant(JsonSpot data, JsonSpot variant, string id, Dictionary<string, string> names, Uri address)
    {
        var sku = variant["skuIdStr"].Or(variant["skuId"]);
        if (AliExpressItem.TryParse(sku.Text) is not { } skuId)
        {
            return null;
        }

        var fields = Common(data);
        var values = (variant["skuPropIds"].Text ?? "").Split(',').Select(value => names.GetValueOrDefault(value)).OfType<string>();
        fields.Add(FieldNames.Name, string.Join(" - ", values.Prepend(Name(data).Text)), Name(data).Path);
        fields.Add(FieldNames.Sku, sku);
        var amounts = variant["skuVal"];
        AddPrice(fields, data, amounts["skuActivityAmount"], amounts["skuAmount"]);
        AddStock(fields, amounts["availQuantity"]);
        return Offer(fields, AliExpressItem.Key(address.Authority, id, skuId), $"{AliExpressItem.PageOf(address, id)}?sku_id={skuId}", variant.Path);
    }

    private static FieldSet Common(JsonSpot data)
    {
        var fields = new FieldSet(ExtractionSource.EmbeddedState);
        var images = data["imageComponent"]["imagePathList"] is { Exists: true } list ? list : data["imageModule"]["imagePathList"];
        fields.Add(FieldNames.Image, images.Items().FirstOrDefault());
        fields.Add(FieldNames.Images, string.Join('\n', images.Items().Select(image => image.Text).Where(url => !string.IsNullOrWhiteSpace(url))), images.Path);
        fields.Add(FieldNames.Seller, data["sellerComponent"]["storeName"].Or(data["storeModule"]["storeName"]));
        return fields;
    }

    private static JsonSpot Name(JsonSpot data) => data["productInfoComponent"]["subject"].Or(data["titleModule"]["subject"]);

    /// <summary>An amount is <c>{"currency":"USD","formatedAmount":"US $5.76","value":5.76}</c>.</summary>
    private static void AddPrice(FieldSet fields, JsonSpot data, JsonSpot sale, JsonSpot list)
    {
        var price = sale["value"].Or(list["value"]);
        fields.Add(FieldNames.Price, price);
        fields.Add(FieldNames.PriceCurrency, sale["currency"].Or(list["currency"]).Or(data["currencyComponent"]["currencyCode"]).Or(data["commonModule"]["currencyCode"]));
        fields.Add(FieldNames.ListPrice, sale["value"].Text is null ? null : list["value"].Text, list["value"].Path);
    }

    private static void AddStock(FieldSet fields, JsonSpot quantity)
    {
        Availability? stock = quantity.Number switch
        {
            null => null,
            0 => Availability.OutOfStock,
            _ => Availability.InStock,
        };
        fields.Add(FieldNames.Availability, stock?.ToString(), quantity.Path);
    }

    /// <summary>The names of what can be chosen ("Black", "XL"), by their numbers.</summary>
    private static Dictionary<string, string> VariantNames(JsonSpot data)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in data["skuComponent"]["productSKUPropertyList"].Items().Concat(data["skuModule"]["productSKUPropertyList"].Items()))
        {
            foreach (var value in property["skuPropertyValues"].Items())
            {
                if (value["propertyValueId"].Text is { } id && value.FirstText("propertyValueDisplayName", "propertyValueName").Text is { } name)
                {
                    names.TryAdd(id, name);
                }
            }
        }

        return names;
    }

    private static ExtractedObject Offer(FieldSet fields, string key, string url, string position) =>
        new()
        {
            Type = ObjectType.Offer,
            ObjectKey = key,
            Url = url,
            Position = position,
            Fields = fields.Fields,
        };
}
