using System.Text.Json.Serialization;
using Marketline.Core.Extract;

namespace Marketline.Core.Clean;

/// <summary>A cleaned offer: one row of a clean batch and of <c>latest_offers</c>.</summary>
public sealed record Offer
{
    /// <summary>2: with <see cref="Scope"/>, <see cref="ShippingPrice"/> and <see cref="ImageUrls"/> in the files.</summary>
    public const int CurrentSchemaVersion = 2;

    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    public required string ObjectKey { get; init; }

    public required string Platform { get; init; }

    /// <summary>Host (and port where not the default) of the shop.</summary>
    public required string Site { get; init; }

    public required string Url { get; init; }

    public required DateTimeOffset SeenUtc { get; init; }

    /// <inheritdoc cref="ExtractedObject.Scope"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public OfferScope Scope { get; init; }

    public string? Name { get; init; }

    /// <summary>Greater than zero, or null where the page has no price; a price that could not be read never gets here.</summary>
    public decimal? Price { get; init; }

    /// <summary>ISO 4217, upper case; set whenever <see cref="Price"/> is and the page tells it.</summary>
    public string? CurrencyCode { get; init; }

    /// <summary>The crossed-out price, where higher than <see cref="Price"/>.</summary>
    public decimal? ListPrice { get; init; }

    public Availability? Availability { get; init; }

    public ItemCondition? Condition { get; init; }

    public string? Seller { get; init; }

    /// <summary>What the cheapest way to have it sent costs, in <see cref="CurrencyCode"/>; zero for free.</summary>
    public decimal? ShippingPrice { get; init; }

    public string? Sku { get; init; }

    public string? Mpn { get; init; }

    /// <summary>8, 12, 13 or 14 digits as written, check digit valid.</summary>
    public string? Gtin { get; init; }

    public string? Brand { get; init; }

    public string? Category { get; init; }

    public string? ImageUrl { get; init; }

    /// <summary>All pictures in the page's order, where there are several: their addresses, parted by blanks.</summary>
    public string? ImageUrls { get; init; }

    /// <summary>On the scale 0 to 5.</summary>
    public decimal? RatingValue { get; init; }

    public int? ReviewCount { get; init; }

    /// <summary>The evidence for <see cref="Price"/>: the raw text, where it stood and how sure extraction was.</summary>
    public string? PriceRaw { get; init; }

    public ExtractionSource? PriceSource { get; init; }

    public string? PriceLocation { get; init; }

    public double? PriceConfidence { get; init; }

    /// <summary>Digest over the fields that make an offer different; not over times, evidence, rating or counts.</summary>
    public required string ContentHash { get; init; }
}
