using Marketline.Core.Extract;

namespace Marketline.Core.Clean;

/// <summary>Records of one offer, seen at about the same time, that answer for different parts of it.</summary>
public static class OfferHalves
{
    /// <summary>Whether a record of <paramref name="scope"/> says what <paramref name="offer"/> can not.</summary>
    public static bool IsCompletedBy(this Offer offer, OfferScope scope) => offer.Scope != OfferScope.Whole && offer.Scope != scope;

    /// <summary>Makes one of two, in either order.</summary>
    public static Offer Join(Offer first, Offer second)
    {
        if (first.Scope == OfferScope.Whole || second.Scope == OfferScope.Whole)
        {
            return first.Scope == OfferScope.Whole ? first : second;
        }

        var (product, price) = first.Scope == OfferScope.Product ? (first, second) : (second, first);
        var joined = price with
        {
            Scope = OfferScope.Whole,
            Name = product.Name,
            Sku = product.Sku,
            Mpn = product.Mpn,
            Gtin = product.Gtin,
            Brand = product.Brand,
            Category = product.Category,
            ImageUrl = product.ImageUrl,
            ImageUrls = product.ImageUrls,
            RatingValue = product.RatingValue,
            ReviewCount = product.ReviewCount,
        };
        return joined with { ContentHash = ContentHashes.Of(joined) };
    }
}
