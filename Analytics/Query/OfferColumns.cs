using Marketline.Core.Datasets;

namespace Marketline.Analytics.Query;

internal static class OfferColumns
{
    public static readonly DatasetSchema Schema = new(
        DatasetNames.LatestOffers,
        "Every offer as it was last seen.",
        ["object_key", "platform"],
        [
            new("schema_version", "INTEGER", IsNullable: false, "of the clean record, now 2"),
            new("object_key", "VARCHAR", IsNullable: false, "the offer's key, the same in every run"),
            new("platform", "VARCHAR", IsNullable: false, "connector that found it"),
            new("site", "VARCHAR", IsNullable: false, "host of the shop"),
            new("url", "VARCHAR", IsNullable: false, "address of the page it was found on, without tracking parameters"),
            new("seen_utc", "TIMESTAMPTZ", IsNullable: false, "when it was last seen"),
            new("name", "VARCHAR", IsNullable: true, "what the page calls it"),
            new("price", "DECIMAL(18,4)", IsNullable: true, "greater than zero; null where the page has none"),
            new("currency_code", "VARCHAR", IsNullable: true, "ISO 4217"),
            new("list_price", "DECIMAL(18,4)", IsNullable: true, "the crossed-out price"),
            new("availability", "VARCHAR", IsNullable: true, "schema.org's ItemAvailability, such as `InStock`"),
            new("condition", "VARCHAR", IsNullable: true, "`New`, `Used`, `Refurbished`, `Damaged`"),
            new("seller", "VARCHAR", IsNullable: true, "who sells it"),
            new("shipping_price", "DECIMAL(18,4)", IsNullable: true, "what the cheapest way to have it sent costs, in `currency_code`; 0 for free") { IsAdded = true },
            new("sku", "VARCHAR", IsNullable: true, "the shop's number of it"),
            new("mpn", "VARCHAR", IsNullable: true, "the manufacturer's number of it"),
            new("gtin", "VARCHAR", IsNullable: true, "check digit valid"),
            new("brand", "VARCHAR", IsNullable: true, "the maker's brand"),
            new("category", "VARCHAR", IsNullable: true, "the shop's words for where it belongs"),
            new("image_url", "VARCHAR", IsNullable: true, "its first picture"),
            new("image_urls", "VARCHAR", IsNullable: true, "all its pictures, where there are several: addresses with blanks between") { IsAdded = true },
            new("rating_value", "DECIMAL(9,4)", IsNullable: true, "0 to 5"),
            new("review_count", "INTEGER", IsNullable: true, "how many reviews the page counts"),
            new("price_raw", "VARCHAR", IsNullable: true, "evidence for `price`: the text that was read"),
            new("price_source", "VARCHAR", IsNullable: true, "the kind of markup it stood in"),
            new("price_location", "VARCHAR", IsNullable: true, "where it stood"),
            new("price_confidence", "DOUBLE", IsNullable: true, "0 to 1"),
            new("content_hash", "VARCHAR", IsNullable: false, "equal for offers that do not differ"),
            new("first_seen_utc", "TIMESTAMPTZ", IsNullable: false, "when it was first seen"),
            new("first_price", "DECIMAL(18,4)", IsNullable: true, "the first price seen in `first_price_currency_code`; starts anew when the currency changes"),
            new("first_price_currency_code", "VARCHAR", IsNullable: true, "stays while the offer has no price"),
            new("previous_price", "DECIMAL(18,4)", IsNullable: true, "the price before the last change of price or currency; null when there was none"),
            new("last_changed_utc", "TIMESTAMPTZ", IsNullable: false, "when the content was last another one, or `first_seen_utc`"),
            new("product_seen_utc", "TIMESTAMPTZ", IsNullable: true, "when what it is (name, numbers, brand, category, pictures, rating) was last told; null: only hints so far") { IsAdded = true },
            new("price_seen_utc", "TIMESTAMPTZ", IsNullable: true, "when how it is sold (price, shipping, availability, condition, seller) was last told; null: only hints so far") { IsAdded = true },
            new("run_id", "VARCHAR", IsNullable: false, "the run that brought the present content"),
            new("last_run_id", "VARCHAR", IsNullable: false, "the run that saw it last"),
        ]
    );
}
