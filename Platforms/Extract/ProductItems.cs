using System.Collections.Frozen;

namespace Marketline.Platforms.Extract;

/// <summary>Finds, among all structured items of a page, those that describe its main product.</summary>
internal sealed class ProductItems
{
    private const int MaxDepth = 12;
    private const int MaxItems = 4_000;

    private static readonly FrozenSet<string> ProductTypes = new[]
    {
        "Product", "ProductGroup", "ProductModel", "IndividualProduct", "SomeProducts", "Vehicle", "Car", "Motorcycle", "Book", "Game", "VideoGame", "Movie", "MusicAlbum", "SoftwareApplication", "MobileApplication", "Drug", "Course", "Event", "MusicEvent", "TheaterEvent", "Accommodation",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Properties that lead to other things than the one they stand on.</summary>
    private static readonly FrozenSet<string> SideProperties = new[]
    {
        "isRelatedTo", "isSimilarTo", "isAccessoryOrSparePartFor", "isConsumableFor", "itemListElement", "review", "reviews", "itemReviewed", "publisher", "author", "hasPart", "makesOffer", "about", "breadcrumb", "comment", "item",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private ProductItems(List<ScoredItem> found)
    {
        Main = [.. found.GroupBy(item => item.Item.Source).Select(FindMain).OfType<MainProduct>()];
        NamedCount = found.Select(item => item.Item.First("name")?.Text).OfType<string>().Distinct(StringComparer.Ordinal).Count();
    }

    /// <summary>The main product as each kind of markup has it, with its variants; none when the page is about something else.</summary>
    public IReadOnlyList<MainProduct> Main { get; }

    /// <summary>How many different products the markup names, wherever they stand.</summary>
    public int NamedCount { get; }

    public static ProductItems Find(IEnumerable<StructuredItem> roots, PageIdentity page)
    {
        var found = new List<ScoredItem>();
        foreach (var root in roots)
        {
            Collect(root, page, isSide: false, 0, found);
        }

        return new ProductItems(found);
    }

    private static void Collect(StructuredItem item, PageIdentity page, bool isSide, int depth, List<ScoredItem> found)
    {
        if (depth > MaxDepth || found.Count >= MaxItems)
        {
            return;
        }

        LinkOffered(item);
        if (IsProduct(item))
        {
            found.Add(new ScoredItem(item, Score(item, page, isSide)));
        }

        foreach (var (property, values) in item.Properties)
        {
            if (property.Equals("hasVariant", StringComparison.OrdinalIgnoreCase) || property.Equals("offers", StringComparison.OrdinalIgnoreCase) && IsProduct(item))
            {
                continue;
            }

            foreach (var value in values)
            {
                if (value.Item is { } nested)
                {
                    Collect(nested, page, isSide || SideProperties.Contains(property), depth + 1, found);
                }
            }
        }
    }

    /// <summary>An offer that names its product is one of the product's offers.</summary>
    private static void LinkOffered(StructuredItem offer)
    {
        foreach (var value in offer["itemOffered"])
        {
            if (value.Item is { } product && product["offers"].Count == 0)
            {
                product.Add("offers", new StructuredValue("", offer, offer.Location));
            }
        }
    }

    private static bool IsProduct(StructuredItem item) =>
        item.Types.Any(ProductTypes.Contains) || (item["offers"].Count > 0 && item.First("name") is not null && !item.Is("Organization") && !item.Is("WebSite"));

    private static double Score(StructuredItem item, PageIdentity page, bool isSide)
    {
        var isNamed = item.First("name") is not null;
        var score = 3 * page.MatchName(item.First("name")?.Text);
        score += page.IsOwnUrl(item.First("url")?.Text) || page.IsOwnUrl(item.Id) || page.IsOwnUrl(item.First("mainEntityOfPage")?.Text) ? 2 : 0;
        score += item["offers"].Count > 0 || item.First("price") is not null ? 1 : 0;
        score += item.First("sku") is not null || item.First("productID") is not null ? 0.5 : 0;
        score += item.Types.Any(ProductTypes.Contains) ? 0.5 : 0;
        score -= isSide ? 3 : 0;
        return isNamed ? score : score - 0.5;
    }

    private static MainProduct? FindMain(IEnumerable<ScoredItem> items)
    {
        var all = items.ToList();
        var best = all.MaxBy(item => item.Score);
        if (best is null || best.Score < 0.5)
        {
            return null;
        }

        var name = best.Item.First("name")?.Text;
        var siblings = all.Where(item => item != best && name is not null && item.Score >= best.Score - 0.01 && item.Item.First("name")?.Text == name).Select(item => item.Item);
        var variants = best.Item["hasVariant"].Concat(best.Item["model"]).Select(value => value.Item).OfType<StructuredItem>();
        return new MainProduct(best.Item, [.. siblings, .. variants], best.Score);
    }

    private sealed record ScoredItem(StructuredItem Item, double Score);
}
