using Marketline.Core.Crawl;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract.Overrides;

/// <summary>
/// A site's overrides, ready to be applied to its pages. They change the page's main offer, which is its first object; pages that
/// list many offers are left as they are. Pure: page and overrides decide.
/// </summary>
public sealed class FieldOverrides
{
    private const int MaxTextLength = 2_000;

    /// <summary>What all variants on a page have in common with its main offer.</summary>
    private static readonly HashSet<string> SharedFields = [FieldNames.Brand, FieldNames.Category, FieldNames.Description, FieldNames.Seller, FieldNames.ShippingPrice, FieldNames.ItemCondition];

    private readonly IReadOnlyList<(FieldOverride Override, IFieldSelector Selector)> _selectors;

    private FieldOverrides(IReadOnlyList<(FieldOverride, IFieldSelector)> selectors) => _selectors = selectors;

    public bool IsEmpty => _selectors.Count == 0;

    /// <summary>Those whose expressions can be read; what a plan holds has been checked by <see cref="Problem"/>.</summary>
    public static FieldOverrides Of(IReadOnlyList<FieldOverride>? overrides) =>
        new([.. (overrides ?? []).Select(wanted => (wanted, Selector: Create(wanted, out _))).Where(pair => pair.Selector is not null).Select(pair => (pair.wanted, pair.Selector!))]);

    /// <summary>What is wrong with the expression's grammar; null for nothing.</summary>
    public static string? Problem(FieldOverride wanted)
    {
        Create(wanted, out var problem);
        return problem;
    }

    /// <summary>What each finds on a page, in their order; null for nothing.</summary>
    public IReadOnlyList<OverrideMatch> Find(FetchedPage page)
    {
        using var view = new OverridePage(page);
        return [.. _selectors.Select(pair => new OverrideMatch(pair.Override, Shortened(pair.Selector.Find(view))))];
    }

    /// <summary>
    /// The result with what the overrides find. A page that was not taken for a product's is one, if the tenant says where its name
    /// or price stands and it is there.
    /// </summary>
    public ExtractionResult Apply(FetchedPage page, ExtractionResult result)
    {
        var isPage = result.Objects is [{ Type: ObjectType.Offer } only] || result.Objects is [{ Type: ObjectType.Offer, Position: ProductPageReader.PagePosition }, ..];
        if (IsEmpty || !(isPage || result.SkipReason == ProductPageReader.NotAProduct))
        {
            return result;
        }

        var found = Fields(Find(page));
        if (found.Count == 0 || (!isPage && !found.ContainsKey(FieldNames.Name) && !found.ContainsKey(FieldNames.Price)))
        {
            return result;
        }

        var objects = isPage ? result.Objects : ProductPageReader.ReadAnyway(page).Objects;
        return objects.Count == 0 ? result : new ExtractionResult([.. objects.Select((item, index) => With(item, found, isMain: index == 0))]);
    }

    private static ExtractedObject With(ExtractedObject item, Dictionary<string, RawField> found, bool isMain)
    {
        var fields = new Dictionary<string, RawField>(item.Fields, StringComparer.Ordinal);
        foreach (var (name, field) in found.Where(pair => isMain || SharedFields.Contains(pair.Key)))
        {
            fields[name] = field;
        }

        return item with { Fields = fields };
    }

    private static Dictionary<string, RawField> Fields(IEnumerable<OverrideMatch> matches)
    {
        var fields = new Dictionary<string, RawField>(StringComparer.Ordinal);
        foreach (var match in matches)
        {
            if (match.Text is { } text)
            {
                fields.TryAdd(match.Override.Field, new RawField(text, ExtractionSource.Override, Location(match.Override), 1));
            }
        }

        return fields;
    }

    private static string Location(FieldOverride wanted) =>
        wanted.How switch
        {
            SelectorKind.Css => $"css {wanted.Expression}",
            SelectorKind.JsonPath => $"jsonPath {wanted.Expression}",
            _ => $"regex {wanted.Expression}",
        };

    private static string? Shortened(string? text)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null : trimmed.Length > MaxTextLength ? trimmed[..MaxTextLength] : trimmed;
    }

    private static IFieldSelector? Create(FieldOverride wanted, out string? problem)
    {
        switch (wanted.How)
        {
            case SelectorKind.Css:
                return CssSelector.TryCreate(wanted.Expression, out problem);
            case SelectorKind.JsonPath:
                return JsonPath.TryParse(wanted.Expression, out problem) is { } path ? new JsonPathSelector(path) : null;
            default:
                return PatternSelector.TryCreate(wanted.Expression, out problem);
        }
    }
}
