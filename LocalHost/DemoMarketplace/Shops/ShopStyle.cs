using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>One shop's addresses and product pages. Pure: a page depends on its arguments only.</summary>
internal abstract class ShopStyle
{
    public const string ClearancePath = "/clearance";
    public const string OpenClearancePath = "/clearance/open";

    public abstract ShopProfile Profile { get; }

    /// <summary>
    /// The site-relative, percent-encoded address, whose last number of six digits or more is <see cref="Item.Id"/>. Some
    /// products of a shop with traps are in a folder that robots.txt disallows, and some in a part of it that it allows again.
    /// </summary>
    public string ProductPath(Item item) =>
        IsDisallowed(item.Index) ? ClearancePath + OwnPath(item)
        : Profile.HasTraps && item.Index % 50 == 36 ? OpenClearancePath + OwnPath(item)
        : OwnPath(item);

    /// <summary>A second address of the same page, with the first one as its canonical; null for most products.</summary>
    public string? DuplicatePath(Item item)
    {
        var path = ProductPath(item);
        return Profile.HasTraps && item.Index % 40 == 7 ? $"{path}{(path.Contains('?') ? '&' : '?')}ref=outlet" : null;
    }

    public virtual bool IsDisallowed(int index) => Profile.HasTraps && index % 50 == 11;

    /// <summary>The address without what a trap puts before it.</summary>
    protected abstract string OwnPath(Item item);

    public abstract string CategoryPath(Category category, int page);

    public abstract HtmlPage ProductPage(PageContext context, Item item);

    /// <summary>What the product page tells of a product: the rest is null.</summary>
    public virtual Item Shown(Item item) => item;

    public virtual PageCharset Charset(Item item) => PageCharset.Utf8;

    /// <summary>A price as a person reads it, as HTML.</summary>
    public abstract string Price(decimal amount);

    public static string ImagePath(Item item) => string.Create(CultureInfo.InvariantCulture, $"/img/{item.Id}.svg");

    /// <summary>The address of a variant's own view, for shops with variants.</summary>
    public string VariantPath(Item item, ItemVariant variant) =>
        string.Create(CultureInfo.InvariantCulture, $"{ProductPath(item)}?variant={VariantId(item, variant)}");

    public virtual long VariantId(Item item, ItemVariant variant) => (item.Id * 10L) + variant.Number;
}
