namespace Marketline.Core.Extract;

/// <summary>The fields that extraction may find, in schema.org's words (https://schema.org/Product, /Offer, /Review).</summary>
public static class FieldNames
{
    public const string Name = "name";
    public const string Description = "description";
    public const string Price = "price";
    public const string PriceCurrency = "priceCurrency";
    public const string ListPrice = "listPrice";
    public const string Availability = "availability";
    public const string ItemCondition = "itemCondition";
    public const string Seller = "seller";

    /// <summary>What sending it costs (schema.org's shippingRate); zero for free.</summary>
    public const string ShippingPrice = "shippingPrice";
    public const string Sku = "sku";
    public const string Mpn = "mpn";
    public const string Gtin = "gtin";
    public const string Brand = "brand";
    public const string Category = "category";
    public const string Image = "image";

    /// <summary>All pictures in the page's order where there are several, the first one included, one address a line.</summary>
    public const string Images = "images";
    public const string RatingValue = "ratingValue";
    public const string ReviewCount = "reviewCount";

    public const string Author = "author";
    public const string DatePublished = "datePublished";
    public const string ReviewBody = "reviewBody";
    public const string ReviewRating = "reviewRating";
    public const string BestRating = "bestRating";
}
