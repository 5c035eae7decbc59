using Marketline.Core.Clean;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>
/// Reads the state that scripts carry (<c>__NEXT_DATA__</c>, <c>window.__INITIAL_STATE__ = …</c>, <c>dataLayer.push(…)</c>):
/// objects with the page's own product name. What they say is no published format, so it only fills gaps, and its prices,
/// which may be in cents, count little without the same amount being shown.
/// </summary>
internal static class EmbeddedStateReader
{
    private const int MaxTotalLength = 2_000_000;
    private const int MaxValues = 60_000;
    private const int MaxDepth = 20;
    private const double MinNameMatch = 0.9;

    private static readonly string[] NameKeys = ["name", "productName", "title", "product_name", "item_name", "displayName"];
    private static readonly string[] PriceKeys = ["salePrice", "currentPrice", "finalPrice", "sellingPrice", "price", "product_price", "priceValue", "price_amount"];
    private static readonly string[] AmountKeys = ["current", "final", "value", "amount", "sale", "selling", "price"];
    private static readonly string[] CurrencyKeys = ["currency", "currencyCode", "priceCurrency", "currency_code"];
    private static readonly string[] SkuKeys = ["sku", "productCode", "articleNumber", "article_number", "itemNumber", "item_id", "productId", "product_id", "productID"];
    private static readonly string[] StockKeys = ["availability", "stockStatus", "stock_status", "inStock", "in_stock", "isInStock", "is_in_stock", "available", "isAvailable"];

    public static void Read(PageScan scan, PageIdentity page, ProductFacts facts)
    {
        var lengthLeft = MaxTotalLength;
        for (var i = 0; i < scan.StateScripts.Count; i++)
        {
            var script = scan.StateScripts[i];
            lengthLeft -= script.Length;
            if (lengthLeft < 0)
            {
                return;
            }

            foreach (var item in LooseJsonReader.Read(script, ExtractionSource.EmbeddedState, $"script[{i}]", MaxValues))
            {
                Visit(item, page, facts, 0);
            }
        }
    }

    private static void Visit(StructuredItem item, PageIdentity page, ProductFacts facts, int depth)
    {
        if (depth > MaxDepth)
        {
            return;
        }

        if (First(item, NameKeys) is { Item: null } name && name.Text.Length is > 3 and < 300 && page.MatchName(name.Text) >= MinNameMatch)
        {
            Take(item, facts);
        }

        foreach (var (_, values) in item.Properties)
        {
            foreach (var value in values)
            {
                if (value.Item is { } nested)
                {
                    Visit(nested, page, facts, depth + 1);
                }
            }
        }
    }

    private static void Take(StructuredItem item, ProductFacts facts)
    {
        var price = First(item, PriceKeys);
        var nested = price?.Item;
        var amount = nested is null ? price : First(nested, AmountKeys);
        var currency = (nested is null ? null : First(nested, CurrencyKeys)) ?? First(item, CurrencyKeys);
        if (amount is { Item: null })
        {
            facts.AddPrice(facts.Prices, amount.Text, currency?.Text, ExtractionSource.EmbeddedState, amount.Location, 2);
        }

        if (First(item, SkuKeys) is { Item: null } sku && sku.Text.Length < 60)
        {
            facts.Add(FieldNames.Sku, sku.Text, ExtractionSource.EmbeddedState, sku.Location, 0.58);
        }

        if (First(item, StockKeys) is { Item: null } stock && Meaning(stock.Text) is { } meaning)
        {
            facts.Add(FieldNames.Availability, meaning.ToString(), ExtractionSource.EmbeddedState, stock.Location, 0.5);
        }

        if (First(item, ["brand"]) is { } brand)
        {
            facts.Add(FieldNames.Brand, brand.Item is null ? brand.Text : brand.Item.First("name")?.Text, ExtractionSource.EmbeddedState, brand.Location, 0.5);
        }
    }

    private static Availability? Meaning(string text) =>
        text switch
        {
            "true" => Availability.InStock,
            "false" => Availability.OutOfStock,
            _ => AvailabilityText.Parse(text),
        };

    private static StructuredValue? First(StructuredItem item, string[] keys)
    {
        foreach (var key in keys)
        {
            if (item[key] is [var value, ..])
            {
                return value;
            }
        }

        return null;
    }
}
