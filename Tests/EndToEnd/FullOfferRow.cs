namespace Marketline.Tests.EndToEnd;

/// <summary>A row of <c>latest_offers</c> as the API gives it.</summary>
internal sealed record FullOfferRow
{
    public required string ObjectKey { get; init; }
    public required string Site { get; init; }
    public required string Url { get; init; }
    public string? Name { get; init; }
    public decimal? Price { get; init; }
    public string? CurrencyCode { get; init; }
    public decimal? ListPrice { get; init; }
    public string? Availability { get; init; }
    public string? Condition { get; init; }
    public string? Seller { get; init; }
    public string? Sku { get; init; }
    public string? Mpn { get; init; }
    public string? Gtin { get; init; }
    public string? Brand { get; init; }
    public string? Category { get; init; }
    public string? ImageUrl { get; init; }
    public decimal? RatingValue { get; init; }
    public int? ReviewCount { get; init; }
}
