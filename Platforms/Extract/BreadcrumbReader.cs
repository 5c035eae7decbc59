using System.Globalization;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>Reads the category from a page's BreadcrumbList (https://schema.org/BreadcrumbList): the way to the product, without home page and product.</summary>
internal static class BreadcrumbReader
{
    private const double Confidence = 0.55;
    private const int MaxDepth = 6;
    private const int MaxCrumbs = 10;

    public static void Read(IEnumerable<StructuredItem> roots, PageIdentity page, ProductFacts facts)
    {
        var seen = new HashSet<StructuredItem>();
        foreach (var list in roots.SelectMany(root => Lists(root, seen, 0)))
        {
            var names = Names(list, page);
            if (names.Count > 0)
            {
                facts.Add(FieldNames.Category, string.Join(" > ", names), list.Source, list.Location, Confidence);
                return;
            }
        }
    }

    private static IEnumerable<StructuredItem> Lists(StructuredItem item, HashSet<StructuredItem> seen, int depth)
    {
        if (depth > MaxDepth || !seen.Add(item))
        {
            return [];
        }

        return item.Is("BreadcrumbList") ? [item] : item["breadcrumb"].Concat(item["mainEntity"]).Concat(item["@graph"]).Select(value => value.Item).OfType<StructuredItem>().SelectMany(nested => Lists(nested, seen, depth + 1));
    }

    private static List<string> Names(StructuredItem list, PageIdentity page)
    {
        var steps = list["itemListElement"].Select(value => value.Item).OfType<StructuredItem>().Take(MaxCrumbs).OrderBy(Position).ToList();
        var names = steps.Select(step => (step.First("name") ?? step.First("item"))?.Text.Trim()).OfType<string>().Where(IsName).ToList();
        if (names is [var first, ..] && BreadcrumbNames.IsHome(first))
        {
            names.RemoveAt(0);
        }

        if (names is [.., var last] && BreadcrumbNames.IsProduct(last, page))
        {
            names.RemoveAt(names.Count - 1);
        }

        return names;
    }

    private static bool IsName(string text) => text.Length is > 0 and <= 100 && !text.Contains("://", StringComparison.Ordinal);

    /// <summary>Sorting is stable: steps without a position keep their order.</summary>
    private static int Position(StructuredItem step) =>
        int.TryParse(step.First("position")?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0;
}
