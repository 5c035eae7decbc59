using Marketline.Core.Extract;
using Marketline.Platforms.Extract.Tree;

namespace Marketline.Platforms.Extract;

/// <summary>Tells a product's page from lists, articles and front pages.</summary>
internal static class ProductPageTest
{
    /// <summary>From here on a structured product is the page's own: it has the page's name or address.</summary>
    private const double OwnScore = 2;
    private const int ListSize = 3;
    private const int CardLevels = 3;

    /// <summary>With a currency, in a place called price, right below the title.</summary>
    private const double OwnPriceScore = 4;

    /// <summary>A short sentence about stock near the title has as much.</summary>
    private const double BuyConfidence = 0.39;

    public static bool IsProductPage(PageScan scan, ProductItems items, ProductFacts facts, List<VisiblePrice> shown, PriceCandidate? price)
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
        var canBuy = facts.All(FieldNames.Availability).Any(raw => raw.Confidence >= BuyConfidence);
        return best > 0.5 || (price is not null && (hasLabel || canBuy || HasOwnPrice(scan, shown))) || (hasLabel && canBuy);
    }

    /// <summary>One price, or two with the one of before, in a place called price near the title: lists have many, or one on a card.</summary>
    private static bool HasOwnPrice(PageScan scan, List<VisiblePrice> shown)
    {
        var near = shown.FindAll(price => price.Traits.HasFlag(Traits.Price) && price.Score >= OwnPriceScore);
        return near.Select(price => price.Amount).Distinct().Count() is 1 or 2 && !near.Exists(price => IsOnCard(scan, price.Element));
    }

    /// <summary>Within a few levels, and without the page's heading, there is a picture that leads to another page.</summary>
    private static bool IsOnCard(PageScan scan, PageElement price)
    {
        var around = price.ParentElement;
        for (var level = 0; level < CardLevels && around is not null; level++, around = around.ParentElement)
        {
            if (scan.Headings.Exists(heading => around.Contains(heading.Element)))
            {
                return false;
            }

            if (HasLinkedPicture(around, isLinked: false))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasLinkedPicture(PageElement element, bool isLinked) =>
        isLinked && element.LocalName == "img"
        || element.Children.OfType<PageElement>().Any(child => HasLinkedPicture(child, isLinked || (element.LocalName == "a" && element.HasAttribute("href"))));

    private static bool IsList(ProductItems items, double best) => items.NamedCount >= ListSize && best < OwnScore;
}
