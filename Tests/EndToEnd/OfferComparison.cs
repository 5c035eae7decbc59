using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Truth;

namespace Marketline.Tests.EndToEnd;

/// <summary>Compares what a shop served with the row that came of it.</summary>
internal static class OfferComparison
{
    public static IEnumerable<string> Differences(TruthProduct product, IReadOnlyList<FullOfferRow> rows, string shop)
    {
        var row = rows.FirstOrDefault(candidate => candidate.Url == product.Url);
        if (row is null)
        {
            yield return $"{product.Url}: no row";
            yield break;
        }

        foreach (var (field, expected, found) in Fields(product, row, shop))
        {
            if (expected != found)
            {
                yield return $"{product.Url}: {field} was {expected ?? "(none)"}, found {found ?? "(none)"}";
            }
        }
    }

    private static IEnumerable<(string Field, string? Expected, string? Found)> Fields(
        TruthProduct product,
        FullOfferRow row,
        string shop
    )
    {
        yield return ("name", product.Name, row.Name);
        yield return ("price", Text(product.Price), Text(row.Price));
        yield return ("currency", product.Price is null ? row.CurrencyCode : product.Currency, row.CurrencyCode);
        yield return ("list price", Text(product.ListPrice), Text(row.ListPrice));
        yield return ("availability", product.Availability, row.Availability);
        yield return ("condition", product.Condition, row.Condition);
        yield return ("seller", product.Seller, row.Seller);
        yield return ("sku", product.Sku, row.Sku);
        yield return ("brand", product.Brand, row.Brand);
        yield return ("category", product.Category, row.Category);
        yield return ("image", product.Image, row.ImageUrl);

        // Shopify's products.json has neither barcode nor rating.
        if (shop != "elm")
        {
            yield return ("mpn", product.Mpn, row.Mpn);
            yield return ("gtin", product.Gtin, row.Gtin);
            yield return ("rating", Text(product.RatingValue), Text(row.RatingValue));
            yield return ("review count", product.ReviewCount?.ToString(CultureInfo.InvariantCulture), row.ReviewCount?.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string? Text(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture);
}
