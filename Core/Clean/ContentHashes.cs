using System.Globalization;
using Marketline.Core.Naming;

namespace Marketline.Core.Clean;

/// <summary>What makes two records of one object the same: a run that finds the same content delivers nothing new.</summary>
internal static class ContentHashes
{
    public static string Of(Offer offer) =>
        Digest.Of(
            Joined(
                offer.Name, Text(offer.Price), offer.CurrencyCode, Text(offer.ListPrice), offer.Availability?.ToString(), offer.Condition?.ToString(),
                offer.Seller, offer.Sku, offer.Mpn, offer.Gtin, offer.Brand, offer.Category, offer.ImageUrl
            )
            // Hashes of before this field was read stay as they were.
            + (offer.ShippingPrice is { } shipping ? $"\u0002{Text(shipping)}" : "")
        );

    public static string Of(Review review) =>
        Digest.Of(Joined(review.ProductName, review.ProductSku, review.AuthorHash, review.PublishedOn?.ToString("O", CultureInfo.InvariantCulture), Text(review.Rating), review.Body));

    private static string? Text(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>Clean texts hold no control characters, so these separators are safe; null and empty differ.</summary>
    private static string Joined(params ReadOnlySpan<string?> values)
    {
        var parts = new string[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            parts[i] = values[i] ?? "\u0001";
        }

        return string.Join('\u0002', parts);
    }
}
