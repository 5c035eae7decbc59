using DuckDB.NET.Data;
using Marketline.Core.Clean;
using Marketline.Core.Datasets;
using Marketline.Core.Extract;

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
            new("name", "VARCHAR") { Scope = OfferScope.Product, IsContent = true },
            new("price", "DECIMAL(18,4)") { Scope = OfferScope.Price, IsContent = true },
            new("currency_code", "VARCHAR") { Scope = OfferScope.Price, IsContent = true },
            new("list_price", "DECIMAL(18,4)") { Scope = OfferScope.Price, IsContent = true },
            new("availability", "VARCHAR")
            {
                Scope = OfferScope.Price,
                IsContent = true,
                // Some lists of offers tell prices and no stock; what has a price can be bought.
                Unsaid = "CASE WHEN b.price IS NOT NULL AND p.availability NOT IN ('OutOfStock', 'SoldOut', 'Discontinued') THEN p.availability END",
            },
            new("condition", "VARCHAR") { Scope = OfferScope.Price, IsContent = true },
            new("seller", "VARCHAR") { Scope = OfferScope.Price, IsContent = true },
            new("shipping_price", "DECIMAL(18,4)") { Scope = OfferScope.Price, IsContent = true, Before = "NULL" },
            new("sku", "VARCHAR") { Scope = OfferScope.Product, IsContent = true },
            new("mpn", "VARCHAR") { Scope = OfferScope.Product, IsContent = true },
            new("gtin", "VARCHAR") { Scope = OfferScope.Product, IsContent = true },
            new("brand", "VARCHAR") { Scope = OfferScope.Product, IsContent = true },
            new("category", "VARCHAR") { Scope = OfferScope.Product, IsContent = true },
            new("image_url", "VARCHAR") { Scope = OfferScope.Product, IsContent = true },
            new("image_urls", "VARCHAR") { Scope = OfferScope.Product, Before = "NULL" },
            new("rating_value", "DECIMAL(9,4)") { Scope = OfferScope.Product },
            new("review_count", "INTEGER") { Scope = OfferScope.Product },
            new("price_raw", "VARCHAR") { Scope = OfferScope.Price },
            new("price_source", "VARCHAR") { Scope = OfferScope.Price },
            new("price_location", "VARCHAR") { Scope = OfferScope.Price },
            new("price_confidence", "DOUBLE") { Scope = OfferScope.Price },
            new("content_hash", "VARCHAR"),
        ],
        [new("scope", "VARCHAR") { Before = "NULL" }],
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
            // Before there were parts, a row was all that was known.
            new("product_seen_utc", "TIMESTAMPTZ", "n.product_seen_utc") { Before = "f.seen_utc" },
            new("price_seen_utc", "TIMESTAMPTZ", "n.price_seen_utc") { Before = "f.seen_utc" },
            new("run_id", "VARCHAR", $"CASE WHEN {DatasetShape.IsNewOrChanged} THEN job.run_id ELSE p.run_id END"),
            new("last_run_id", "VARCHAR", "job.run_id"),
        ]
    )
    {
        IsForProduct = "coalesce(i.scope <> 'Price', true) AND coalesce(p.product_seen_utc <= i.seen_utc, true)",
        IsForPrice = "coalesce(i.scope <> 'Product', true) AND coalesce(p.price_seen_utc <= i.seen_utc, true)",
    };

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
        DecimalColumns.RequirePrice(offer.ObjectKey, offer.ShippingPrice, 0);
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
            .AppendValue(DecimalColumns.Rounded(offer.ShippingPrice))
            .AppendValue(offer.Sku)
            .AppendValue(offer.Mpn)
            .AppendValue(offer.Gtin)
            .AppendValue(offer.Brand)
            .AppendValue(offer.Category)
            .AppendValue(offer.ImageUrl)
            .AppendValue(offer.ImageUrls)
            .AppendValue(DecimalColumns.Rounded(offer.RatingValue))
            .AppendValue(offer.ReviewCount)
            .AppendValue(offer.PriceRaw)
            .AppendValue(offer.PriceSource?.ToString())
            .AppendValue(offer.PriceLocation)
            .AppendValue(offer.PriceConfidence)
            .AppendValue(offer.ContentHash)
            .AppendValue(offer.Scope == OfferScope.Whole ? null : offer.Scope.ToString())
            .EndRow();
}
