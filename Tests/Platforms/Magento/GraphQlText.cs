using System.Text.RegularExpressions;

namespace Marketline.Tests.Platforms.Magento;

/// <summary>
/// Checks a query's selections against the types of Magento's published schema (magento/magento2, the etc/schema.graphqls of
/// CatalogGraphQl, CatalogUrlRewriteGraphQl, CatalogInventoryGraphQl, ConfigurableProductGraphQl, ReviewGraphQl and StoreGraphQl), as
/// far as our queries touch them.
/// </summary>
internal static partial class GraphQlText
{
    private const string Leaf = "";

    private static readonly Dictionary<string, Dictionary<string, string>> Types = new()
    {
        ["Query"] = Fields("products:Products storeConfig:StoreConfig availableStores:StoreConfig"),
        ["StoreConfig"] = Fields("store_code base_link_url secure_base_link_url locale"),
        ["Products"] = Fields("total_count page_info:SearchResultPageInfo items:ProductInterface"),
        ["SearchResultPageInfo"] = Fields("page_size current_page total_pages"),
        ["ProductInterface"] = Fields(
            "sku name url_key url_suffix stock_status small_image:ProductImage price_range:PriceRange rating_summary review_count short_description:ComplexTextValue categories:CategoryInterface reviews:ProductReviews"
        ),
        ["ConfigurableProduct"] = Fields("variants:ConfigurableVariant"),
        ["ConfigurableVariant"] = Fields("attributes:ConfigurableAttributeOption product:ProductInterface"),
        ["ConfigurableAttributeOption"] = Fields("label code value_index"),
        ["ProductImage"] = Fields("url label"),
        ["PriceRange"] = Fields("minimum_price:ProductPrice maximum_price:ProductPrice"),
        ["ProductPrice"] = Fields("regular_price:Money final_price:Money"),
        ["Money"] = Fields("value currency"),
        ["ComplexTextValue"] = Fields("html"),
        ["CategoryInterface"] = Fields("name level"),
        ["ProductReviews"] = Fields("items:ProductReview page_info:SearchResultPageInfo"),
        ["ProductReview"] = Fields("summary text nickname created_at average_rating"),
    };

    /// <returns>What the schema would refuse; null for a good query.</returns>
    public static string? FindMistake(string query, IEnumerable<string> variables)
    {
        var declared = Variable().Matches(query.Split('{')[0]).Select(match => match.Value).ToHashSet();
        var used = Variable().Matches(query[query.IndexOf('{', StringComparison.Ordinal)..]).Select(match => match.Value).ToHashSet();
        var given = variables.Select(name => $"${name}").ToHashSet();
        if (!declared.SetEquals(used) || !declared.SetEquals(given))
        {
            return $"variables: declared {string.Join(' ', declared)}, used {string.Join(' ', used)}, given {string.Join(' ', given)}";
        }

        var tokens = new Queue<string>(Token().Matches(Arguments().Replace(query[query.IndexOf('{', StringComparison.Ordinal)..], "")).Select(match => match.Value));
        return CheckSelection(tokens, "Query") ?? (tokens.Count == 0 ? null : "there is more behind the query");
    }

    private static string? CheckSelection(Queue<string> tokens, string type)
    {
        if (!tokens.TryDequeue(out var open) || open != "{")
        {
            return $"{type} needs a selection";
        }

        while (tokens.TryDequeue(out var token) && token != "}")
        {
            var isFragment = token == "...";
            var name = isFragment && tokens.Dequeue() == "on" ? tokens.Dequeue() : token;
            var next = isFragment ? name : Types[type].GetValueOrDefault(name);
            if (next is null)
            {
                return $"{type} has no field {name}";
            }

            if ((next == Leaf ? null : CheckSelection(tokens, next)) is { } mistake)
            {
                return mistake;
            }
        }

        return null;
    }

    private static Dictionary<string, string> Fields(string fields) =>
        fields.Split(' ').Select(field => field.Split(':')).ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : Leaf);

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Arguments();

    [GeneratedRegex(@"\.\.\.|\w+|[{}]|\S")]
    private static partial Regex Token();
}
