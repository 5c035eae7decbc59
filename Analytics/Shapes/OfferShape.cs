using DuckDB.NET.Data;
using Marketline.Core.Clean;
using Marketline.Core.Datasets;

namespace Marketline.Analytics.Shapes;

internal static class OfferShape
{
    public static readonly DatasetShape Value = new(
        DatasetNames.LatestOffers,
        [
            new("schema_version", "INTEGER"),
            new("object_key", "VARCHAR"),
            new("platform", "VARCHAR"),
            new("site", "VARCHAR"),
            new("url", "VARCHAR"),
            new("seen_utc", "TIMESTAMPTZ"),
            new("name", "VARCHAR"),
            new("price", "DECIMAL(18,4)"),
            new("currency_code", "VARCHAR"),
            new("list_price", "DECIMAL(18,4)"),
            new("availability", "VARCHAR"),
            new("condition", "VARCHAR"),
            new("seller", "VARCHAR"),
            new("sku", "VARCHAR"),
            new("mpn", "VARCHAR"),
            new("gtin", "VARCHAR"),
            new("brand", "VARCHAR"),
            new("category", "VARCHAR"),
            new("image_url", "VARCHAR"),
            new("rating_value", "DECIMAL(9,4)"),
            new("review_count", "INTEGER"),
            new("price_raw", "VARCHAR"),
            new("price_source", "VARCHAR"),
            new("price_location", "VARCHAR"),
            new("price_confidence", "DOUBLE"),
            new("content_hash", "VARCHAR"),
        ],
        [
            new("first_seen_utc", "TIMESTAMPTZ", "coalesce(p.first_seen_utc, n.seen_utc)"),
            new(
                "first_price",
                "DECIMAL(18,4)",
                """
                CASE WHEN n.price IS NULL THEN p.first_price
                     WHEN p.first_price IS NOT NULL AND p.first_price_currency_code IS NOT DISTINCT FROM n.currency_code
                     THEN p.first_price
                     ELSE n.price END
                """
            ),
            new(
                "first_price_currency_code",
                "VARCHAR",
                "CASE WHEN n.price IS NULL THEN p.first_price_currency_code ELSE n.currency_code END"
            ),
            new(
                "previous_price",
                "DECIMAL(18,4)",
                """
                CASE WHEN n.price IS DISTINCT FROM p.price OR n.currency_code IS DISTINCT FROM p.currency_code
                     THEN p.price
                     ELSE p.previous_price END
                """
            ),
            new(
                "last_changed_utc",
                "TIMESTAMPTZ",
                $"CASE WHEN {DatasetShape.IsNewOrChanged} THEN n.seen_utc ELSE p.last_changed_utc END"
            ),
            new("run_id", "VARCHAR", $"CASE WHEN {DatasetShape.IsNewOrChanged} THEN job.run_id ELSE p.run_id END"),
            new("last_run_id", "VARCHAR", "job.run_id"),
        ]
    );

    /// <summary>By object, the newest record of one first, and never equal for records that differ.</summary>
    public static int Compare(Offer x, Offer y) =>
        RecordOrder.Compare(
            (x.ObjectKey, x.SeenUtc, x.Url, x.ContentHash, x),
            (y.ObjectKey, y.SeenUtc, y.Url, y.ContentHash, y)
        );

    /// <summary>A row must not be given up half-way: what <see cref="Append"/> could throw on is thrown here.</summary>
    public static void Validate(Offer offer)
    {
        DecimalColumns.RequirePrice(offer.ObjectKey, offer.Price);
        DecimalColumns.RequirePrice(offer.ObjectKey, offer.ListPrice);
        DecimalColumns.RequireRating(offer.ObjectKey, offer.RatingValue);
    }

    /// <summary>In the order of <see cref="DatasetShape.CleanColumns"/>.</summary>
    public static void Append(IDuckDBAppenderRow row, Offer offer) =>
        row.AppendValue(offer.SchemaVersion)
            .AppendValue(offer.ObjectKey)
            .AppendValue(offer.Platform)
            .AppendValue(offer.Site)
            .AppendValue(offer.Url)
            .AppendValue(offer.SeenUtc)
            .AppendValue(offer.Name)
            .AppendValue(DecimalColumns.Rounded(offer.Price))
            .AppendValue(offer.CurrencyCode)
            .AppendValue(DecimalColumns.Rounded(offer.ListPrice))
            .AppendValue(offer.Availability?.ToString())
            .AppendValue(offer.Condition?.ToString())
            .AppendValue(offer.Seller)
            .AppendValue(offer.Sku)
            .AppendValue(offer.Mpn)
            .AppendValue(offer.Gtin)
            .AppendValue(offer.Brand)
            .AppendValue(offer.Category)
            .AppendValue(offer.ImageUrl)
            .AppendValue(DecimalColumns.Rounded(offer.RatingValue))
            .AppendValue(offer.ReviewCount)
            .AppendValue(offer.PriceRaw)
            .AppendValue(offer.PriceSource?.ToString())
            .AppendValue(offer.PriceLocation)
            .AppendValue(offer.PriceConfidence)
            .AppendValue(offer.ContentHash)
            .EndRow();
}
