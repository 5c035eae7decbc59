using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>
/// Reads the product properties of Open Graph (https://ogp.me/, https://developers.facebook.com/docs/marketing-api/catalog/guides/microdata-tags)
/// and what other meta elements say.
/// </summary>
internal static class MetaProductReader
{
    private static readonly (string Key, double Weight)[] PriceKeys =
    [
        ("product:sale_price:amount", 3.4), ("product:price:amount", 3), ("og:price:amount", 3), ("og:product:price:amount", 3), ("product:price", 2.5), ("og:price", 2.5), ("price", 2), ("twitter:data1", 1.5),
    ];

    private static readonly (string Field, string Key, double Confidence)[] TextKeys =
    [
        (FieldNames.Name, "og:title", 0.6), (FieldNames.Name, "twitter:title", 0.4), (FieldNames.Description, "og:description", 0.6), (FieldNames.Description, "description", 0.5),
        (FieldNames.Image, "og:image", 0.7), (FieldNames.Image, "twitter:image", 0.5), (FieldNames.Brand, "product:brand", 0.8), (FieldNames.Brand, "og:brand", 0.7),
        (FieldNames.Availability, "product:availability", 0.75), (FieldNames.Availability, "og:availability", 0.75), (FieldNames.ItemCondition, "product:condition", 0.7),
        (FieldNames.Category, "product:category", 0.6), (FieldNames.Gtin, "product:ean", 0.7), (FieldNames.Gtin, "product:isbn", 0.7), (FieldNames.Gtin, "product:upc", 0.7), (FieldNames.Mpn, "product:mfr_part_no", 0.7),
    ];

    public static void Read(PageScan scan, ProductFacts facts)
    {
        var metas = scan.Metas;
        var currency = First(metas, "product:sale_price:currency", "product:price:currency", "og:price:currency", "og:product:price:currency", "product:pretax_price:currency");
        foreach (var (key, weight) in PriceKeys)
        {
            facts.AddPrice(facts.Prices, metas.GetValueOrDefault(key), currency, Source(key), key, weight);
        }

        facts.AddPrice(facts.ListPrices, metas.GetValueOrDefault("product:original_price:amount"), currency, ExtractionSource.OpenGraph, "product:original_price:amount", 3);
        if (metas.ContainsKey("product:sale_price:amount"))
        {
            facts.AddPrice(facts.ListPrices, metas.GetValueOrDefault("product:price:amount"), currency, ExtractionSource.OpenGraph, "product:price:amount", 2.5);
        }

        foreach (var (field, key, confidence) in TextKeys)
        {
            facts.Add(field, metas.GetValueOrDefault(key), Source(key), key, confidence);
        }

        ReadRetailerId(metas, facts);
    }

    /// <summary>A retailer id that is a GTIN says which product it is, not how the shop calls it.</summary>
    private static void ReadRetailerId(Dictionary<string, string> metas, ProductFacts facts)
    {
        foreach (var key in (ReadOnlySpan<string>)["product:retailer_item_id", "product:retailer_part_no", "product:sku", "og:sku", "sku"])
        {
            if (metas.TryGetValue(key, out var id) && id.Length < 60)
            {
                var isGtin = id.Length >= 12 && Core.Clean.Gtin.TryNormalise(id) is not null;
                facts.Add(isGtin ? FieldNames.Gtin : FieldNames.Sku, id, Source(key), key, isGtin ? 0.5 : 0.6);
            }
        }
    }

    private static ExtractionSource Source(string key) =>
        key.StartsWith("og:", StringComparison.Ordinal) || key.StartsWith("product:", StringComparison.Ordinal) ? ExtractionSource.OpenGraph : ExtractionSource.Meta;

    private static string? First(Dictionary<string, string> metas, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (metas.TryGetValue(key, out var value))
            {
                return value;
            }
        }

        return null;
    }
}
