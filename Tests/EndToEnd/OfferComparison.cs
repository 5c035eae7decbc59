using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Truth;

namespace Marketline.Tests.EndToEnd;

/// <summary>Compares what a shop served with the row that came of it.</summary>
internal static class OfferComparison
{
    /// <param name="page">The truth of the page that <paramref name="product"/> stands on.</param>
    /// <param name="product">The product, or the variant whose price the page shows.</param>
    /// <param name="rows">The shop's.</param>
    /// <param name="shop">Its name in the marketplace.</param>
    public static IEnumerable<string> Differences(TruthLine page, TruthProduct product, IReadOnlyList<FullOfferRow> rows, string shop)
    {
        // A page gives one offer under the page's address; a Shopify listing one for each variant, under the variant's.
        var url = shop == "elm" ? product.Url : page.Canonical;
        var row = rows.FirstOrDefault(candidate => WithoutSecondAddress(candidate.Url) == url);
        if (row is null)
        {
            yield return $"{product.Url}: no row";
            yield break;
        }

        var told = page.Products.Count > 1 && shop != "elm" ? AsGroup(page, product) : product;
        foreach (var (field, expected, found) in Fields(told, row, shop))
        {
            if (expected != found)
            {
                yield return $"{product.Url}: {field} was {expected ?? "(none)"}, found {found ?? "(none)"}";
            }
        }
    }

    /// <summary>Of two addresses of one product either may be the one that is delivered.</summary>
    public static string WithoutSecondAddress(string url) =>
        url.Replace("?ref=outlet", "", StringComparison.Ordinal).Replace("&ref=outlet", "", StringComparison.Ordinal);

    /// <summary>
    /// A page of variants gives one offer: the group's name and numbers, the price that it shows, and "in stock" when one of them
    /// is.
    /// </summary>
    private static TruthProduct AsGroup(TruthLine page, TruthProduct shown) =>
        shown with
        {
            Name = shown.Name.Replace($" - {shown.VariantTitle}", "", StringComparison.Ordinal),
            Availability = page.Products.Any(variant => variant.Availability == "InStock") ? "InStock" : shown.Availability,
            Sku = shown.Sku?[..shown.Sku.LastIndexOf('-')],
            Gtin = null,
        };

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
