using System.Text.Json.Serialization;

namespace Marketline.LocalHost.DemoMarketplace.Truth;

/// <summary>What a page tells of a product or variant; null where it does not tell.</summary>
public sealed record TruthProduct
{
    /// <summary>The shop's own id of the product, or of the variant.</summary>
    public required string Id { get; init; }

    /// <summary>The variant's own address; for a product without variants, its canonical address.</summary>
    public required string Url { get; init; }

    /// <summary>With the variant's title at the end, as in <c>Kettle Pro A100 - Large</c>.</summary>
    public required string Name { get; init; }

    public string? VariantTitle { get; init; }

    /// <summary>The one whose price stands on the page.</summary>
    public bool IsShown { get; init; } = true;

    /// <summary>A text in JSON, so that no digit is lost.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? Price { get; init; }

    public string? Currency { get; init; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? ListPrice { get; init; }

    /// <summary>A name of https://schema.org/ItemAvailability.</summary>
    public string? Availability { get; init; }

    /// <summary>New, Used or Refurbished.</summary>
    public string? Condition { get; init; }

    public string? Seller { get; init; }

    public string? Sku { get; init; }

    public string? Mpn { get; init; }

    /// <summary>Null when the page's number has a wrong check digit; then <see cref="Warnings"/> says so.</summary>
    public string? Gtin { get; init; }

    public string? Brand { get; init; }

    /// <summary>From the top, as in <c>Kitchen &gt; Coffee</c>.</summary>
    public string? Category { get; init; }

    public string? Image { get; init; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? RatingValue { get; init; }

    public int? ReviewCount { get; init; }

    /// <summary>Rules that a value of the page breaks without the product being rejected for it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
