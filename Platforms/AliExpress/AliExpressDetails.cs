using System.Globalization;
using Marketline.Core.Clean;
using Marketline.Core.Extract;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.AliExpress;

/// <summary>
/// The offers of one product from the dropshipping interface aliexpress.ds.product.get (https://openservice.aliexpress.com/doc/api.htm): the
/// product at the lowest price that it can be had for, and each of its variants where there are several, as pages give them.
/// </summary>
internal static class AliExpressDetails
{
    private const string BrandAttribute = "2";

    /// <summary>What sellers without a brand have to enter.</summary>
    private static readonly string[] NoBrands = ["NoEnName_Null", "NONE"];

    public static ExtractionResult Read(JsonSpot root, AliExpressMarket market)
    {
        var result = AliExpressProducts.Cover(root)["result"];
        var product = result["ae_item_base_info_dto"];
        if (AliExpressItem.TryParse(product["product_id"].Text) is not { } id)
        {
            return ExtractionResult.Defective(JsonText.NotJson);
        }

        var variants = AliExpressProducts.ListOf(result["ae_item_sku_info_dtos"], "ae_item_sku_info_d_t_o").ToList();
        var offers = new List<ExtractedObject> { Product(result, variants, id, market) };
        if (variants.Count > 1)
        {
            offers.AddRange(variants.Select(variant => Variant(result, variant, id, market)).OfType<ExtractedObject>());
        }

        return new ExtractionResult([.. offers.DistinctBy(offer => offer.ObjectKey)]);
    }

    private static ExtractedObject Product(JsonSpot result, List<JsonSpot> variants, string id, AliExpressMarket market)
    {
        var product = result["ae_item_base_info_dto"];
        var fields = new FieldSet(ExtractionSource.Api);
        fields.Add(FieldNames.Name, product["subject"]);
        fields.Add(FieldNames.Sku, product["product_id"]);
        if (variants.Count > 0)
        {
            var there = variants.Where(variant => variant["sku_available_stock"].Number > 0).ToList();
            var cheapest = (there.Count > 0 ? there : variants).MinBy(AmountOf);
            AddPrice(fields, cheapest);
            AddStock(fields, product, cheapest);
        }

        if (variants is [var only])
        {
            fields.Add(FieldNames.Gtin, only.FirstText("ean_code", "barcode"));
        }

        AddCommon(fields, result);
        return AliExpressProducts.Offer(fields, product, id, market);
    }

    private static ExtractedObject? Variant(JsonSpot result, JsonSpot variant, string id, AliExpressMarket market)
    {
        if (AliExpressItem.TryParse(variant["sku_id"].Text) is not { } sku)
        {
            return null;
        }

        var product = result["ae_item_base_info_dto"];
        var properties = AliExpressProducts.ListOf(variant["ae_sku_property_dtos"], "ae_sku_property_d_t_o").ToList();
        var fields = new FieldSet(ExtractionSource.Api);
        fields.Add(FieldNames.Name, string.Join(" - ", properties.Select(property => property.FirstText("property_value_definition_name", "sku_property_value").Text).OfType<string>().Prepend(product["subject"].Text)), product["subject"].Path);
        fields.Add(FieldNames.Sku, variant["sku_id"]);
        fields.Add(FieldNames.Gtin, variant.FirstText("ean_code", "barcode"));
        fields.Add(FieldNames.Image, properties.Select(property => property["sku_image"]).FirstOrDefault(image => image.Text is not null, variant["sku_image"]));
        AddPrice(fields, variant);
        AddStock(fields, product, variant);
        AddCommon(fields, result);
        return AliExpressProducts.Offer(fields, variant, id, market, sku);
    }

    /// <summary>What a product and its variants have alike.</summary>
    private static void AddCommon(FieldSet fields, JsonSpot result)
    {
        var product = result["ae_item_base_info_dto"];
        var brand = AliExpressProducts.ListOf(result["ae_item_properties"], "ae_item_property").FirstOrDefault(property => property["attr_name_id"].Text == BrandAttribute, result)["attr_value"];
        fields.Add(FieldNames.Brand, NoBrands.Contains(brand.Text) ? null : brand.Text, brand.Path);
        fields.Add(FieldNames.Seller, result["ae_store_info"]["store_name"]);
        var images = result["ae_multimedia_info_dto"]["image_urls"];
        var urls = images.Text?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        fields.Add(FieldNames.Image, urls.FirstOrDefault(), images.Path);
        fields.Add(FieldNames.Images, string.Join('\n', urls), images.Path);
        if (product["evaluation_count"].Number is not (null or 0))
        {
            fields.Add(FieldNames.RatingValue, product["avg_evaluation_rating"]);
            fields.Add(FieldNames.ReviewCount, product["evaluation_count"]);
        }
    }

    /// <summary>The list price is the seller's own; both are in the currency that was asked for.</summary>
    private static void AddPrice(FieldSet fields, JsonSpot variant)
    {
        fields.Add(FieldNames.Price, variant.FirstText("offer_sale_price", "sku_price"));
        fields.Add(FieldNames.PriceCurrency, variant["currency_code"]);
        fields.Add(FieldNames.ListPrice, variant["offer_sale_price"].Text is null ? null : variant["sku_price"].Text, variant["sku_price"].Path);
    }

    private static void AddStock(FieldSet fields, JsonSpot product, JsonSpot variant)
    {
        var (status, quantity) = (product["product_status_type"], variant["sku_available_stock"]);
        if (status.Text is not (null or "onSelling"))
        {
            fields.Add(FieldNames.Availability, nameof(Availability.OutOfStock), status.Path);
            return;
        }

        fields.Add(FieldNames.Availability, quantity.Number is { } left ? (left > 0 ? nameof(Availability.InStock) : nameof(Availability.OutOfStock)) : null, quantity.Path);
    }

    private static decimal? AmountOf(JsonSpot variant) =>
        decimal.TryParse(variant.FirstText("offer_sale_price", "sku_price").Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;
}
