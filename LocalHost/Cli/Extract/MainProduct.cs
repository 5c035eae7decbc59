using System.Globalization;
using System.Text.Json.Serialization;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;

namespace Marketline.LocalHost.Cli.Extract;

/// <summary>A page's main product after cleaning, with where each field stood; what was not found is absent.</summary>
internal sealed record MainProduct
{
    private static readonly string[] Shown =
    [
        FieldNames.Name, FieldNames.Price, FieldNames.PriceCurrency, FieldNames.Sku, FieldNames.Gtin, FieldNames.Mpn, FieldNames.Brand, FieldNames.Availability,
    ];

    public string? Url { get; init; }

    public string? Name { get; init; }

    public string? Price { get; init; }

    public string? Currency { get; init; }

    public string? Sku { get; init; }

    public string? Gtin { get; init; }

    public string? Mpn { get; init; }

    public string? Brand { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<Availability>))]
    public Availability? Availability { get; init; }

    /// <summary>By the field's name in extraction.</summary>
    public IReadOnlyDictionary<string, RawField>? Evidence { get; init; }

    /// <summary>Why there is nothing.</summary>
    public string? Problem { get; init; }

    public static MainProduct Of(FetchedPage page, string? url, string platform, ExtractionResult result)
    {
        if (result.Objects is not [var item, ..])
        {
            return new MainProduct { Url = url, Problem = result.DefectReason ?? result.SkipReason };
        }

        var cleaned = Clean(item, platform, page);
        // What a run quarantines for its price alone still has a name and numbers to show.
        var offer = cleaned.Record ?? Clean(Without(item, FieldNames.Price), platform, page).Record;
        return new MainProduct
        {
            Url = url,
            Name = offer?.Name,
            Price = offer?.Price?.ToString("0.####", CultureInfo.InvariantCulture),
            Currency = offer?.CurrencyCode,
            Sku = offer?.Sku,
            Gtin = offer?.Gtin,
            Mpn = offer?.Mpn,
            Brand = offer?.Brand,
            Availability = offer?.Availability,
            Evidence = Shown.Where(item.Fields.ContainsKey).ToDictionary(field => field, field => item.Fields[field]),
            Problem = cleaned.Record is null ? cleaned.Violations[0].Rule : null,
        };
    }

    public static CleanResult<Offer> Clean(ExtractedObject item, string platform, FetchedPage page)
    {
        var site = Uri.TryCreate(item.Url, UriKind.Absolute, out var address) ? address.Authority : "";
        return OfferCleaner.Clean(item, new CleanContext(platform, site, CrawlKind.Products, page.FetchedUtc));
    }

    private static ExtractedObject Without(ExtractedObject item, string field) =>
        item with { Fields = item.Fields.Where(pair => pair.Key != field).ToDictionary() };
}
