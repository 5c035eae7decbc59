using Marketline.Core.Datasets;

namespace Marketline.Analytics.Query;

internal static class PriceChangeColumns
{
    public static readonly DatasetSchema Schema = new(
        DatasetNames.PriceChanges,
        "The offers whose price, currency or availability is another one than before the run.",
        ["object_key", "run_id"],
        [
            new("object_key", "VARCHAR", IsNullable: false, "the offer, as in latest_offers"),
            new("platform", "VARCHAR", IsNullable: false, "connector that found it"),
            new("url", "VARCHAR", IsNullable: false, "address of the offer's page"),
            new("name", "VARCHAR", IsNullable: true, "what the page calls it"),
            new("category", "VARCHAR", IsNullable: true, "the shop's words for where it belongs"),
            new("old_currency_code", "VARCHAR", IsNullable: true, "before the change, ISO 4217"),
            new("currency_code", "VARCHAR", IsNullable: true, "now, ISO 4217"),
            new("old_price", "DECIMAL(18,4)", IsNullable: true, "null where there was none"),
            new("new_price", "DECIMAL(18,4)", IsNullable: true, "null where there is none now"),
            new("change_ratio", "DOUBLE", IsNullable: true, "new / old − 1, six digits; null unless both prices are there in the same currency"),
            new("old_availability", "VARCHAR", IsNullable: true, "before the change, schema.org's ItemAvailability"),
            new("new_availability", "VARCHAR", IsNullable: true, "now, schema.org's ItemAvailability"),
            new("changed_utc", "TIMESTAMPTZ", IsNullable: false, "when the change was seen"),
            new("run_id", "VARCHAR", IsNullable: false, "the run that saw the change"),
        ]
    );
}
