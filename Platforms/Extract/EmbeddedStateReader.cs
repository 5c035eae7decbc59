using System.Globalization;
using Marketline.Core.Clean;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>
/// Reads the state that a page carries for its scripts (<c>__NEXT_DATA__</c>, <c>window.__INITIAL_STATE__ = …</c>,
/// <c>dataLayer.push(…)</c>, <c>data-product="{…}"</c>): objects with the page's own product name. What they say is no published
/// format, so it only fills gaps, and its prices, which may be in cents, count little without the same amount being shown.
/// </summary>
internal static class EmbeddedStateReader
{
    private const int MaxTotalLength = 2_000_000;

    /// <summary>Where markup states a price already, so much is enough.</summary>
    private const int MaxLengthBesideMarkup = 60_000;
    private const int MaxValues = 60_000;
    private const int MaxDepth = 24;
    private const int MaxCurrencyDepth = 6;

    /// <summary>Of the page as a whole, for a price that has none beside it.</summary>
    private const double CurrencyConfidence = 0.4;
    private const double MinNameMatch = 0.9;
    private const double PriceWeight = 2;

    /// <summary>Beside markup it supports what that says, and no more.</summary>
    private const double SupportingWeight = 1.2;

    private static readonly string[] NameKeys = ["name", "productName", "title", "product_name", "item_name", "displayName", "product_title"];
    private static readonly string[] PriceKeys = ["salePrice", "sale_price", "specialPrice", "special_price", "currentPrice", "finalPrice", "final_price", "sellingPrice", "price", "product_price", "priceValue", "price_amount", "priceWithTax"];
    private static readonly string[] ListKeys = ["listPrice", "list_price", "originalPrice", "original_price", "regularPrice", "regular_price", "oldPrice", "old_price", "wasPrice", "compareAtPrice", "compare_at_price", "rrp", "msrp"];
    private static readonly string[] AmountKeys = ["current", "final", "value", "amount", "sale", "selling", "price", "now"];
    private static readonly string[] CentKeys = ["centAmount", "priceInCents", "price_in_cents", "priceCents", "price_cents", "amountInCents", "amount_cents", "minorUnits", "amountMinor"];
    private static readonly string[] CurrencyKeys = ["currency", "currencyCode", "priceCurrency", "currency_code", "currencyIso", "currencyISO", "currency_iso"];
    private static readonly string[] SkuKeys = ["sku", "productCode", "product_code", "articleNumber", "article_number", "itemNumber", "item_id", "productId", "product_id", "productID"];
    private static readonly string[] GtinKeys = ["gtin", "gtin13", "ean", "ean13", "barcode", "upc", "isbn"];
    private static readonly string[] StockKeys = ["availability", "stockStatus", "stock_status", "inStock", "in_stock", "isInStock", "is_in_stock", "available", "isAvailable", "availabilityStatus"];

    public static void Read(PageScan scan, PageIdentity page, ProductFacts facts)
    {
        var hasPrice = facts.Prices.Count > 0;
        var weight = hasPrice ? SupportingWeight : PriceWeight;
        var lengthLeft = hasPrice ? MaxLengthBesideMarkup : MaxTotalLength;
        foreach (var state in scan.StateScripts)
        {
            if (state.Text.Length > lengthLeft)
            {
                continue;
            }

            lengthLeft -= state.Text.Length;

            foreach (var item in StateForms.Read(state, MaxValues))
            {
                Visit(item, page, facts, weight, 0);
            }
        }
    }

    private static void Visit(StructuredItem item, PageIdentity page, ProductFacts facts, double weight, int depth)
    {
        if (depth > MaxDepth)
        {
            return;
        }

        if (First(item, NameKeys) is { Item: null } name && name.Text.Length is > 3 and < 300 && page.MatchName(name.Text) >= MinNameMatch)
        {
            Take(item, facts, weight);
        }

        if (depth < MaxCurrencyDepth && First(item, CurrencyKeys) is { Item: null, Text.Length: 3 } currency && CurrencyResolver.Resolve(currency.Text, null, null) is not null)
        {
            facts.Add(FieldNames.PriceCurrency, currency.Text, ExtractionSource.EmbeddedState, currency.Location, CurrencyConfidence);
        }

        foreach (var (_, values) in item.Properties)
        {
            foreach (var value in values)
            {
                if (value.Item is { } nested)
                {
                    Visit(nested, page, facts, weight, depth + 1);
                }
            }
        }
    }

    private static void Take(StructuredItem item, ProductFacts facts, double weight)
    {
        TakePrice(item, PriceKeys, facts.Prices, facts, weight);
        TakePrice(item, ListKeys, facts.ListPrices, facts, weight);
        if (First(item, SkuKeys) is { Item: null } sku && sku.Text.Length < 60)
        {
            // A GTIN says which product it is, not how the shop calls it.
            var isGtin = sku.Text.Length >= 12 && Gtin.TryNormalise(sku.Text) is not null;
            facts.Add(isGtin ? FieldNames.Gtin : FieldNames.Sku, sku.Text, ExtractionSource.EmbeddedState, sku.Location, isGtin ? 0.5 : 0.58);
        }

        if (First(item, GtinKeys) is { Item: null } gtin && Gtin.TryNormalise(gtin.Text) is not null)
        {
            facts.Add(FieldNames.Gtin, gtin.Text, ExtractionSource.EmbeddedState, gtin.Location, 0.55);
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

    private static void TakePrice(StructuredItem item, string[] keys, List<PriceCandidate> target, ProductFacts facts, double weight)
    {
        var price = First(item, keys);
        var owner = price?.Item ?? item;
        var currency = (First(owner, CurrencyKeys) ?? First(item, CurrencyKeys))?.Text;
        var cents = price is null || price.Item is not null ? First(owner, CentKeys) : null;
        if (cents is { Item: null } && decimal.TryParse(cents.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var minor))
        {
            var places = owner.First("fractionDigits")?.Text is [>= '0' and <= '4'] digits ? digits[0] - '0' : 2;
            var major = minor / (decimal)Math.Pow(10, places);
            facts.AddPrice(target, major.ToString(CultureInfo.InvariantCulture), currency, ExtractionSource.EmbeddedState, cents.Location, weight);
            return;
        }

        var amount = price?.Item is { } nested ? First(nested, AmountKeys) : price;
        if (amount is { Item: null })
        {
            facts.AddPrice(target, amount.Text, currency, ExtractionSource.EmbeddedState, amount.Location, weight);
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
