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
        var walk = new Walk(page, [], [], []);
        foreach (var root in roots)
        {
            Collect(root, walk, isSide: false, 0);
        }

        // What only a side property leads to comes last: an item may be reached both ways.
        foreach (var item in walk.Aside)
        {
            Collect(item, walk, isSide: true, 1);
        }

        return new ProductItems(walk.Found);
    }

    private static void Collect(StructuredItem item, Walk walk, bool isSide, int depth)
    {
        if (depth > MaxDepth || walk.Found.Count >= MaxItems || !walk.Seen.Add(item))
        {
            return;
        }

        if (IsProduct(item))
        {
            walk.Found.Add(new ScoredItem(item, Score(item, walk.Page, isSide)));
        }

        foreach (var (property, values) in item.Properties)
        {
            if (property.Equals("hasVariant", StringComparison.OrdinalIgnoreCase) || property.Equals("offers", StringComparison.OrdinalIgnoreCase) && IsProduct(item))
            {
                continue;
            }

            var turnsAside = !isSide && SideProperties.Contains(property);
            foreach (var nested in values.Select(value => value.Item).OfType<StructuredItem>())
            {
                if (turnsAside)
                {
                    walk.Aside.Add(nested);
                }
                else
                {
                    Collect(nested, walk, isSide, depth + 1);
                }
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
        var variants = best.Item["hasVariant"].Concat(best.Item["model"]).Select(value => value.Item).OfType<StructuredItem>().Where(item => item != best.Item);
        return new MainProduct(best.Item, [.. siblings, .. variants], best.Score);
    }

    private sealed record Walk(PageIdentity Page, List<ScoredItem> Found, HashSet<StructuredItem> Seen, List<StructuredItem> Aside);

    private sealed record ScoredItem(StructuredItem Item, double Score);
}
