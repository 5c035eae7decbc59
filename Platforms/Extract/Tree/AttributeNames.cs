using System.Collections.Frozen;

namespace Marketline.Platforms.Extract.Tree;

/// <summary>The attributes that extraction reads. The others, half of a page's, are not kept.</summary>
internal static class AttributeNames
{
    /// <summary>Attributes in which shops write a product's number.</summary>
    private static readonly FrozenSet<string> Numbers = (
        "data-sku data-product-id data-productid data-product-sku data-item-id data-itemid data-pid data-asin data-code data-product-code data-id-product"
    )
        .Split(' ')
        .ToFrozenSet();

    private static readonly FrozenSet<string> Read = (
        "alt aria-label class content data data-src datetime disabled hidden href http-equiv id itemid itemprop itemref itemscope itemtype lang name property rel resource role "
        + "src style title type typeof value vocab xml:lang"
    )
        .Split(' ')
        .Concat(Numbers)
        .ToFrozenSet();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Read.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Any data attribute may carry JSON.</summary>
    public static bool IsRead(ReadOnlySpan<char> name, ReadOnlySpan<char> value) => Lookup.Contains(name) || IsJson(name, value);

    public static bool IsJson(ReadOnlySpan<char> name, ReadOnlySpan<char> value) => name.StartsWith("data-") && value is ['{' or '[', _, _, ..];

    public static bool IsNumber(string name) => Numbers.Contains(name);
}
