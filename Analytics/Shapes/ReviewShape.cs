using DuckDB.NET.Data;
using Marketline.Core.Clean;
using Marketline.Core.Datasets;

namespace Marketline.Analytics.Shapes;

internal static class ReviewShape
{
    public static readonly DatasetShape Value = new(
        DatasetNames.LatestReviews,
        [
            new("schema_version", "INTEGER"),
            new("object_key", "VARCHAR"),
            new("platform", "VARCHAR"),
            new("site", "VARCHAR"),
            new("url", "VARCHAR"),
            new("seen_utc", "TIMESTAMPTZ"),
            new("product_name", "VARCHAR"),
            new("product_sku", "VARCHAR"),
            new("author_hash", "VARCHAR"),
            new("published_on", "DATE"),
            new("rating", "DECIMAL(9,4)"),
            new("body", "VARCHAR"),
            new("content_hash", "VARCHAR"),
        ],
        [],
        [
            new("first_seen_utc", "TIMESTAMPTZ", "coalesce(p.first_seen_utc, n.seen_utc)"),
            new("run_id", "VARCHAR", $"CASE WHEN {DatasetShape.IsNewOrChanged} THEN job.run_id ELSE p.run_id END"),
            new("last_run_id", "VARCHAR", "job.run_id"),
        ]
    );

    /// <inheritdoc cref="OfferShape.Compare"/>
    public static int Compare(Review x, Review y) =>
        RecordOrder.Compare(
            (x.ObjectKey, x.SeenUtc, x.Url, x.ContentHash, x),
            (y.ObjectKey, y.SeenUtc, y.Url, y.ContentHash, y)
        );

    /// <inheritdoc cref="OfferShape.Validate"/>
    public static void Validate(Review review) => DecimalColumns.RequireRating(review.ObjectKey, review.Rating);

    /// <inheritdoc cref="OfferShape.Append"/>
    public static void Append(IDuckDBAppenderRow row, Review review) =>
        row.AppendValue(review.SchemaVersion)
            .AppendValue(review.ObjectKey)
            .AppendValue(review.Platform)
            .AppendValue(review.Site)
            .AppendValue(review.Url)
            .AppendValue(review.SeenUtc)
            .AppendValue(review.ProductName)
            .AppendValue(review.ProductSku)
            .AppendValue(review.AuthorHash)
            .AppendValue(review.PublishedOn)
            .AppendValue(DecimalColumns.Rounded(review.Rating))
            .AppendValue(review.Body)
            .AppendValue(review.ContentHash)
            .EndRow();
}
