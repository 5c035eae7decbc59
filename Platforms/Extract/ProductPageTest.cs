using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>Tells a product's page from lists, articles and front pages.</summary>
internal static class ProductPageTest
{
    /// <summary>From here on a structured product is the page's own: it has the page's name or address.</summary>
    private const double OwnScore = 2;
    private const int ListSize = 3;

    public static bool IsProductPage(PageScan scan, ProductItems items, ProductFacts facts, PriceCandidate? price)
    {
        var isStated = scan.Metas.GetValueOrDefault("og:type")?.Contains("product", StringComparison.OrdinalIgnoreCase) ?? false;
        var best = items.Main.Count == 0 ? 0 : items.Main.Max(product => product.Score);
        if (isStated || scan.Metas.ContainsKey("product:price:amount") || best >= OwnScore)
        {
            return !IsList(items, best) || isStated;
        }

        if (IsList(items, best))
        {
            return false;
        }

        var hasLabel = facts.All(FieldNames.Sku).Any(raw => raw.Source == ExtractionSource.Visible) || facts.All(FieldNames.Gtin).Count > 0;
        var canBuy = facts.All(FieldNames.Availability).Any(raw => raw.Confidence >= 0.4);
        return best > 0.5 || (price is not null && (hasLabel || canBuy)) || (hasLabel && canBuy);
    }

    private static bool IsList(ProductItems items, double best) => items.NamedCount >= ListSize && best < OwnScore;
}
