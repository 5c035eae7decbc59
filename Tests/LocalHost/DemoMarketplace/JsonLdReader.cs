using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using Marketline.LocalHost.DemoMarketplace.Truth;

namespace Marketline.Tests.LocalHost.DemoMarketplace;

/// <summary>Reads the JSON-LD of a page that is known to be in order.</summary>
internal static class JsonLdReader
{
    public static JsonElement Product(IDocument document) =>
        document
            .QuerySelectorAll("script[type='application/ld+json']")
            .SelectMany(script => Nodes(JsonDocument.Parse(script.TextContent).RootElement))
            .Single(node => Text(node, "@type") is "Product" or "ProductGroup");

    /// <summary>The products that are sold: the variants of a group, or the product itself.</summary>
    public static IEnumerable<JsonElement> Offers(JsonElement product) =>
        product.TryGetProperty("hasVariant", out var variants) ? variants.EnumerateArray() : [product];

    public static TruthReview[] Reviews(JsonElement product) =>
        product.TryGetProperty("review", out var reviews) ? [.. reviews.EnumerateArray().Select(Review)] : [];

    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>A number, a text, or a text in German form.</summary>
    public static decimal? Price(JsonElement offer)
    {
        var price = offer.GetProperty("price");
        if (price.ValueKind == JsonValueKind.Number)
        {
            return price.GetDecimal();
        }

        var text = price.GetString()!;
        return decimal.Parse(
            text.Contains(',') ? text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : text,
            CultureInfo.InvariantCulture
        );
    }

    private static JsonElement[] Nodes(JsonElement root) =>
        root.TryGetProperty("@graph", out var graph) ? [.. graph.EnumerateArray()] : [root];

    private static TruthReview Review(JsonElement review) =>
        new(
            Text(review, "@id")!.TrimStart('#'),
            Text(review.GetProperty("author"), "name")!,
            DateOnly.Parse(Text(review, "datePublished")!, CultureInfo.InvariantCulture),
            review.GetProperty("reviewRating").GetProperty("ratingValue").GetInt32(),
            Text(review, "reviewBody")!
        );
}
