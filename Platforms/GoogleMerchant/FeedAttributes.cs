using System.Collections.Frozen;

namespace Marketline.Platforms.GoogleMerchant;

/// <summary>The attributes that are read, by Google's names (https://support.google.com/merchants/answer/7052112).</summary>
internal static class FeedAttributes
{
    public const string Id = "id";
    public const string Title = "title";
    public const string Link = "link";
    public const string ImageLink = "image_link";
    public const string Availability = "availability";
    public const string Price = "price";
    public const string SalePrice = "sale_price";
    public const string SalePriceEffectiveDate = "sale_price_effective_date";
    public const string Condition = "condition";
    public const string Gtin = "gtin";
    public const string Mpn = "mpn";
    public const string Brand = "brand";
    public const string ItemGroupId = "item_group_id";
    public const string ProductType = "product_type";
    public const string GoogleProductCategory = "google_product_category";
    public const string Shipping = "shipping";
    public const string ShippingPrice = "shipping.price";

    private static readonly FrozenDictionary<string, string> Known = new[]
    {
        Id, Title, Link, ImageLink, Availability, Price, SalePrice, SalePriceEffectiveDate, Condition, Gtin, Mpn, Brand, ItemGroupId, ProductType,
        GoogleProductCategory, Shipping, ShippingPrice,
    }.ToFrozenDictionary(name => name, StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Required =
        new[] { Id, Title, Link, Price, Availability }.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>A row that ends before this column is cut.</summary>
    public static bool IsRequired(string name) => Required.Contains(name);

    /// <param name="written">An element's name without its prefix, or a column's, which may be written <c>Image Link</c> or <c>g:image_link</c>.</param>
    /// <returns>Null for an attribute that is not read.</returns>
    public static string? Find(string written)
    {
        if (Known.TryGetValue(written, out var name))
        {
            return name;
        }

        var plain = written.Trim().ToLowerInvariant();
        plain = plain.StartsWith("g:", StringComparison.Ordinal) ? plain[2..] : plain;
        return Known.GetValueOrDefault(plain.Replace(' ', '_').Replace("(", ".", StringComparison.Ordinal).TrimEnd(')'));
    }
}
