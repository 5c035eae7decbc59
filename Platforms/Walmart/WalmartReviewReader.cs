using Marketline.Core.Extract;
using Marketline.Platforms.Extract;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Walmart;

/// <summary>
/// Reviews of one item: from the affiliate API (https://walmart.io/docs/affiliates/v1/reviews), which gives them no id, and from the
/// state of pages, which does.
/// </summary>
internal static class WalmartReviewReader
{
    /// <param name="root">The API's answer: the item with its <c>reviews</c>.</param>
    public static ExtractionResult ReadApi(JsonSpot root)
    {
        if (!root["reviews"].IsArray || WalmartItem.TryParse(root["itemId"].Text) is not { } id)
        {
            // A list of items, which leads to the reviews of each, or an item that has none.
            return root["items"].IsArray || root["itemId"].Exists ? ExtractionResult.Skipped(ReviewPageReader.NoReviews) : ExtractionResult.Defective(JsonText.NotJson);
        }

        return Result(root["reviews"].Items().Select(review => OfApi(root, review, id)));
    }

    /// <param name="reviews">A page's <c>reviews</c>.</param>
    /// <param name="product">The product of the same page.</param>
    /// <param name="site">The page's site.</param>
    /// <param name="id">The item's number.</param>
    public static ExtractionResult ReadState(JsonSpot reviews, JsonSpot product, Uri site, string id) =>
        Result(reviews["customerReviews"].Items().Select(review => OfState(review, product, site, id)));

    private static ExtractionResult Result(IEnumerable<ExtractedObject?> found)
    {
        var reviews = found.OfType<ExtractedObject>().DistinctBy(review => review.ObjectKey).ToList();
        return reviews.Count == 0 ? ExtractionResult.Skipped(ReviewPageReader.NoReviews) : new ExtractionResult(reviews);
    }

    private static ExtractedObject? OfApi(JsonSpot item, JsonSpot review, string id)
    {
        var fields = new FieldSet(ExtractionSource.Api);
        fields.Add(FieldNames.Name, item["name"]);
        fields.Add(FieldNames.Sku, item["itemId"]);
        fields.Add(FieldNames.Author, review["reviewer"]);
        fields.Add(FieldNames.DatePublished, review["submissionTime"]);
        fields.Add(FieldNames.ReviewBody, review.FirstText("reviewText", "title"));
        fields.Add(FieldNames.ReviewRating, review["overallRating"]["rating"]);
        var part = $"{review["submissionTime"].Text}\n{review["overallRating"]["rating"].Text}\n{review.FirstText("reviewText", "title").Text}";
        return Review(fields, review, WalmartItem.UnitedStates, id, part);
    }

    private static ExtractedObject? OfState(JsonSpot review, JsonSpot product, Uri site, string id)
    {
        var fields = new FieldSet(ExtractionSource.EmbeddedState);
        fields.Add(FieldNames.Name, product["name"]);
        fields.Add(FieldNames.Sku, id, product["usItemId"].Path);
        fields.Add(FieldNames.Author, review["userNickname"]);
        fields.Add(FieldNames.DatePublished, review["reviewSubmissionTime"]);
        fields.Add(FieldNames.ReviewBody, review.FirstText("reviewText", "reviewTitle"));
        fields.Add(FieldNames.ReviewRating, review["rating"]);
        var part = review["reviewId"].Text ?? $"{review["reviewSubmissionTime"].Text}\n{review["rating"].Text}\n{review.FirstText("reviewText", "reviewTitle").Text}";
        return Review(fields, review, site, id, part);
    }

    /// <returns>Null for what says nothing.</returns>
    private static ExtractedObject? Review(FieldSet fields, JsonSpot review, Uri site, string id, string part) =>
        fields.Fields.ContainsKey(FieldNames.ReviewBody) || fields.Fields.ContainsKey(FieldNames.ReviewRating)
            ? new ExtractedObject
            {
                Type = ObjectType.Review,
                ObjectKey = WalmartItem.ReviewKey(site.Authority, id, part),
                Url = WalmartItem.PageOf(site, id),
                Position = review.Path,
                Fields = fields.Fields,
                Language = "en",
            }
            : null;
}
