using System.Collections.Frozen;

namespace Marketline.Platforms.Extract;

/// <summary>
/// Puts the parts of a graph together (JSON-LD, "node identifiers"): a mere <c>{"@id": "#offer"}</c> is the item that has this id,
/// in whatever script it stands, and two items of one id are one. Items may lead back to themselves afterwards: whoever walks them
/// remembers where it has been.
/// </summary>
internal static class ItemReferences
{
    private const int MaxItems = 60_000;

    /// <summary>Properties that shops give as a bare id.</summary>
    private static readonly FrozenSet<string> IdProperties = new[] { "offers", "hasVariant", "isVariantOf", "brand", "aggregateRating", "seller", "itemOffered", "mainEntity", "priceSpecification", "shippingDetails" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static void Resolve(IReadOnlyList<StructuredItem> roots)
    {
        var all = new List<StructuredItem>();
        foreach (var root in roots)
        {
            Collect(root, all);
        }

        var byId = Definitions(all);
        if (byId.Count > 0)
        {
            all.ForEach(item => Replace(item, byId));
        }

        all.ForEach(LinkOffered);
        JoinVariants(all);
    }

    /// <summary>A tree as yet: what was read from one text does not lead back.</summary>
    private static void Collect(StructuredItem item, List<StructuredItem> all)
    {
        if (all.Count >= MaxItems)
        {
            return;
        }

        all.Add(item);
        foreach (var (_, values) in item.Properties)
        {
            foreach (var value in values)
            {
                if (value.Item is { } nested)
                {
                    Collect(nested, all);
                }
            }
        }
    }

    /// <summary>By id, the first one with properties; the others of the same type give it what it lacks.</summary>
    private static Dictionary<string, StructuredItem> Definitions(List<StructuredItem> all)
    {
        var byId = new Dictionary<string, StructuredItem>(StringComparer.Ordinal);
        foreach (var item in all)
        {
            if (item is not { Id: { Length: > 0 } id, IsEmpty: false } || byId.TryAdd(id, item))
            {
                continue;
            }

            var first = byId[id];
            if (first.Types.Count == 0 || item.Types.Count == 0 || first.Types.Any(item.Is))
            {
                first.AddMissing(item);
            }
        }

        return byId;
    }

    private static void Replace(StructuredItem item, Dictionary<string, StructuredItem> byId)
    {
        foreach (var (property, values) in item.Properties)
        {
            for (var i = 0; i < values.Count; i++)
            {
                var id = values[i].Item is { IsEmpty: true, Id: { } reference } ? reference
                    : values[i].Item is null && IdProperties.Contains(property) ? values[i].Text
                    : null;
                if (id is not null && byId.TryGetValue(id, out var target) && target != item)
                {
                    values[i] = new StructuredValue("", target, values[i].Location);
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

    /// <summary>Variants that name their group (<c>isVariantOf</c>, <c>inProductGroupWithID</c>) are the group's.</summary>
    private static void JoinVariants(List<StructuredItem> all)
    {
        var groups = new Dictionary<string, StructuredItem>(StringComparer.Ordinal);
        foreach (var group in all.Where(item => item.Is("ProductGroup")))
        {
            if (group.First("productGroupID")?.Text is { } id)
            {
                groups.TryAdd(id, group);
            }
        }

        foreach (var variant in all)
        {
            var named = variant["isVariantOf"].Select(value => value.Item).FirstOrDefault(item => item is not null);
            var group = named ?? (variant.First("inProductGroupWithID")?.Text is { } id ? groups.GetValueOrDefault(id) : null);
            if (group is not null && group != variant && !group["hasVariant"].Any(value => value.Item == variant) && group["hasVariant"].Count < VariantOffers.MaxVariants)
            {
                group.Add("hasVariant", new StructuredValue("", variant, variant.Location));
            }
        }
    }
}
