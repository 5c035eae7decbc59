using Marketline.Analytics.Query;

namespace Marketline.Functions.Http.Objects;

/// <summary>An offer as it was last seen.</summary>
internal sealed record OfferView
{
    private static readonly string[] Names =
    [
        "object_key", "platform", "site", "url", "name", "price", "currency_code", "list_price", "previous_price", "availability",
        "condition", "seller", "shipping_price", "sku", "mpn", "gtin", "brand", "category", "image_url", "image_urls", "rating_value", "review_count",
        "first_seen_utc", "last_changed_utc", "seen_utc", "product_seen_utc", "price_seen_utc", "last_run_id",
    ];

    /// <summary>What <see cref="Of"/> makes an offer from.</summary>
    public static IReadOnlyList<DatasetColumn> Columns { get; } = [.. Names.Select(name => DatasetSchemas.LatestOffers.Find(name)!)];

    public required string ObjectKey { get; init; }
    public required string Platform { get; init; }
    public required string Site { get; init; }
    public required string Url { get; init; }
    public string? Name { get; init; }
    public decimal? Price { get; init; }
    public string? CurrencyCode { get; init; }
    public decimal? ListPrice { get; init; }
    public decimal? PreviousPrice { get; init; }
    public string? Availability { get; init; }
    public string? Condition { get; init; }
    public string? Seller { get; init; }
    /// <summary>What the cheapest way to have it sent costs; zero for free.</summary>
    public decimal? ShippingPrice { get; init; }
    public string? Sku { get; init; }
    public string? Mpn { get; init; }
    public string? Gtin { get; init; }
    public string? Brand { get; init; }
    public string? Category { get; init; }
    public string? ImageUrl { get; init; }

    /// <summary>All its pictures, where there are several.</summary>
    public IReadOnlyList<string>? ImageUrls { get; init; }
    public decimal? RatingValue { get; init; }
    public long? ReviewCount { get; init; }
    public required DateTimeOffset FirstSeenUtc { get; init; }
    public required DateTimeOffset LastChangedUtc { get; init; }
    public required DateTimeOffset SeenUtc { get; init; }

    /// <summary>When what it is was last told.</summary>
    public DateTimeOffset? ProductSeenUtc { get; init; }

    /// <summary>When how it is sold was last told.</summary>
    public DateTimeOffset? PriceSeenUtc { get; init; }
    public required string LastRunId { get; init; }

    public static OfferView Of(object?[] row)
    {
        T? Get<T>(string name) => (T?)row[Array.IndexOf(Names, name)];
        return new OfferView
        {
            ObjectKey = Get<string>("object_key")!,
            Platform = Get<string>("platform")!,
            Site = Get<string>("site")!,
            Url = Get<string>("url")!,
            Name = Get<string>("name"),
            Price = Get<decimal?>("price"),
            CurrencyCode = Get<string>("currency_code"),
            ListPrice = Get<decimal?>("list_price"),
            PreviousPrice = Get<decimal?>("previous_price"),
            Availability = Get<string>("availability"),
            Condition = Get<string>("condition"),
            Seller = Get<string>("seller"),
            ShippingPrice = Get<decimal?>("shipping_price"),
            Sku = Get<string>("sku"),
            Mpn = Get<string>("mpn"),
            Gtin = Get<string>("gtin"),
            Brand = Get<string>("brand"),
            Category = Get<string>("category"),
            ImageUrl = Get<string>("image_url"),
            ImageUrls = Get<string>("image_urls")?.Split(' '),
            RatingValue = Get<decimal?>("rating_value"),
            ReviewCount = Get<long?>("review_count"),
            FirstSeenUtc = Get<DateTimeOffset>("first_seen_utc"),
            LastChangedUtc = Get<DateTimeOffset>("last_changed_utc"),
            SeenUtc = Get<DateTimeOffset>("seen_utc"),
            ProductSeenUtc = Get<DateTimeOffset?>("product_seen_utc"),
            PriceSeenUtc = Get<DateTimeOffset?>("price_seen_utc"),
            LastRunId = Get<string>("last_run_id")!,
        };
    }
}
