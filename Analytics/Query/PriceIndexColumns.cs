using Marketline.Core.Datasets;

namespace Marketline.Analytics.Query;

internal static class PriceIndexColumns
{
    public static readonly DatasetSchema Schema = new(
        DatasetNames.PriceIndex,
        "Where prices stand, per category, currency and day.",
        ["category", "currency_code", "dt"],
        [
            new("category", "VARCHAR", IsNullable: false, "`uncategorised` for offers without one"),
            new("currency_code", "VARCHAR", IsNullable: false, "ISO 4217"),
            new("dt", "DATE", IsNullable: false, "the run's scheduled UTC date"),
            new("offer_count", "BIGINT", IsNullable: false, "offers with a price"),
            new("min_price", "DECIMAL(18,4)", IsNullable: false, "the lowest price"),
            new("median_price", "DECIMAL(18,4)", IsNullable: false, "the middle one"),
            new("avg_price", "DECIMAL(18,4)", IsNullable: false, "arithmetic mean"),
            new("max_price", "DECIMAL(18,4)", IsNullable: false, "the highest price"),
            new("price_index", "DOUBLE", IsNullable: false, "100 × the geometric mean of `price` / `first_price` (Jevons index), six digits"),
        ]
    );
}
