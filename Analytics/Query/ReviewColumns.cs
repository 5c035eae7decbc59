using Marketline.Core.Datasets;

namespace Marketline.Analytics.Query;

internal static class ReviewColumns
{
    public static readonly DatasetSchema Schema = new(
        DatasetNames.LatestReviews,
        "Every review as it was last seen.",
        ["object_key", "platform"],
        [
            new("schema_version", "INTEGER", IsNullable: false, "of the clean record, now 1"),
            new("object_key", "VARCHAR", IsNullable: false, "the review's key, the same in every run"),
            new("platform", "VARCHAR", IsNullable: false, "connector that found it"),
            new("site", "VARCHAR", IsNullable: false, "host of the shop"),
            new("url", "VARCHAR", IsNullable: false, "address of the reviewed product's page, without tracking parameters"),
            new("seen_utc", "TIMESTAMPTZ", IsNullable: false, "when it was last seen"),
            new("product_name", "VARCHAR", IsNullable: true, "the reviewed product, as the page calls it"),
            new("product_sku", "VARCHAR", IsNullable: true, "the shop's number of the reviewed product"),
            new("author_hash", "VARCHAR", IsNullable: true, "keyed hash of the author's name; the name itself is in no dataset"),
            new("published_on", "DATE", IsNullable: true, "the day that the page gives"),
            new("rating", "DECIMAL(9,4)", IsNullable: true, "0 to 5"),
            new("body", "VARCHAR", IsNullable: true, "what the review says"),
            new("content_hash", "VARCHAR", IsNullable: false, "equal for reviews that do not differ"),
            new("first_seen_utc", "TIMESTAMPTZ", IsNullable: false, "when it was first seen"),
            new("run_id", "VARCHAR", IsNullable: false, "the run that brought the present content"),
            new("last_run_id", "VARCHAR", IsNullable: false, "the run that saw it last"),
        ]
    );
}
