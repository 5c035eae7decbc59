using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.WooCommerce;

/// <summary>
/// Reads one page of the Store API's reviews
/// (https://developer.woocommerce.com/docs/apis/store-api/resources-endpoints/product-reviews/), keyed by the review's id.
/// </summary>
internal static class WooCommerceReviewReader
{
    public static ExtractionResult Read(FetchedPage page) =>
        JsonPage.Read(page, root => WooCommerceProductReader.Read(root, page, ReadReview, ReviewPageReader.NoReviews));

    private static ExtractedObject? ReadReview(JsonElement review, string position, WooCommerceListing listing)
    {
        var (id, product) = (review.Text("id"), review.Text("product_id"));
        var url = CanonicalUrl.TryCreate(review.Text("product_permalink")) ?? CanonicalUrl.Of(listing.PageOf(product ?? "").AbsoluteUri);
        return new ExtractedObject
        {
            Type = ObjectType.Review,
            ObjectKey = id is null
                ? ObjectKey.FromUrl(url, $"review\n{review.Text("date_created_gmt")}\n{review.Text("review")}\n{position}")
                : ObjectKey.FromPlatformId(WooCommerceConnector.PlatformName, listing.Site, $"review {id}"),
            Url = url,
            Position = position,
            Fields = Fields(review, position),
        };
    }

    private static Dictionary<string, RawField> Fields(JsonElement review, string position)
    {
        var fields = new Dictionary<string, RawField>(StringComparer.Ordinal);
        void Add(string field, string? text, string location)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                fields.TryAdd(field, new RawField(text, ExtractionSource.Api, $"{position}.{location}", 1));
            }
        }

        Add(FieldNames.Name, review.Text("product_name"), "product_name");
        Add(FieldNames.Author, review.Text("reviewer"), "reviewer");
        Add(FieldNames.DatePublished, review.Text("date_created"), "date_created");
        Add(FieldNames.ReviewBody, review.Text("review"), "review");
        // Zero is what a review without stars has: shops may make them optional.
        if (review.Text("rating") is { } rating and not "0")
        {
            Add(FieldNames.ReviewRating, rating, "rating");
            fields.TryAdd(FieldNames.BestRating, new RawField("5", ExtractionSource.Api, $"{position}.rating", 1));
        }

        return fields;
    }
}
