using System.Globalization;
using System.Text.Json;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Magento;

/// <summary>Reads an answer of the products query: an offer for each product, for a configurable one an offer for each variant.</summary>
internal static class MagentoProductReader
{
    public static ExtractionResult Read(FetchedPage page) => MagentoAnswer.Read(page, ReadProduct, MagentoAnswer.NoProducts);

    private static IEnumerable<ExtractedObject> ReadProduct(MagentoAnswer answer, JsonElement product, string position)
    {
        var url = answer.UrlOf(product);
        var variants = product.Items("variants");
        var isRead = false;
        for (var i = 0; i < variants.Count; i++)
        {
            if (variants[i].Member("product") is { ValueKind: JsonValueKind.Object } variant)
            {
                isRead = true;
                yield return Offer(answer, product, variant, Labels(variants[i]), url, $"{position}.variants[{i}].product", position);
            }
        }

        if (!isRead)
        {
            yield return Offer(answer, product, product, null, url, position, position);
        }
    }

    /// <summary>A variant has no page of its own: it is chosen on the product's, and its own <c>url_key</c> leads nowhere as a rule.</summary>
    private static ExtractedObject Offer(MagentoAnswer answer, JsonElement product, JsonElement variant, string? labels, string url, string position, string productPosition)
    {
        var sku = variant.Text("sku");
        return new ExtractedObject
        {
            Type = ObjectType.Offer,
            ObjectKey = sku is null ? ObjectKey.FromUrl(url, position) : ObjectKey.FromPlatformId(MagentoConnector.PlatformName, answer.Site, sku),
            Url = url,
            Position = position,
            Language = answer.Language,
            Fields = Fields(product, variant, labels, position, productPosition),
        };
    }

    private static Dictionary<string, RawField> Fields(JsonElement product, JsonElement variant, string? labels, string position, string productPosition)
    {
        var fields = new Dictionary<string, RawField>(StringComparer.Ordinal);
        void Add(string field, string? text, string location)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                fields.TryAdd(field, new RawField(text, ExtractionSource.Api, location, 1));
            }
        }

        var price = variant.Member("price_range")?.Member("minimum_price") ?? default;
        Add(FieldNames.Name, Name(product.Text("name"), variant.Text("name"), labels), $"{position}.name");
        Add(FieldNames.Description, product.Member("short_description")?.Text("html"), $"{productPosition}.short_description.html");
        Add(FieldNames.Price, price.Member("final_price")?.Text("value"), $"{position}.price_range.minimum_price.final_price.value");
        Add(FieldNames.PriceCurrency, price.Member("final_price")?.Text("currency"), $"{position}.price_range.minimum_price.final_price.currency");
        Add(FieldNames.ListPrice, price.Member("regular_price")?.Text("value"), $"{position}.price_range.minimum_price.regular_price.value");
        Add(FieldNames.Availability, Stock(variant), $"{position}.stock_status");
        Add(FieldNames.Sku, variant.Text("sku"), $"{position}.sku");
        Add(FieldNames.Category, Category(product), $"{productPosition}.categories");
        Add(FieldNames.Image, variant.Member("small_image")?.Text("url"), $"{position}.small_image.url");
        Add(FieldNames.Image, product.Member("small_image")?.Text("url"), $"{productPosition}.small_image.url");
        if (product.Text("review_count") is { } count and not "0")
        {
            Add(FieldNames.RatingValue, product.Text("rating_summary"), $"{productPosition}.rating_summary");
            Add(FieldNames.BestRating, "100", $"{productPosition}.rating_summary");
            Add(FieldNames.ReviewCount, count, $"{productPosition}.review_count");
        }

        return fields;
    }

    /// <summary>Shops name variants after their product ("Bag-Red") or not at all: the product's name and what was chosen says it for people.</summary>
    private static string? Name(string? product, string? variant, string? labels) =>
        product is not null && labels is { Length: > 0 } ? $"{product} - {labels}" : product ?? variant;

    private static string? Labels(JsonElement variant) =>
        variant.Items("attributes") is { Count: > 0 } attributes ? string.Join(", ", attributes.Select(attribute => attribute.Text("label")).Where(label => !string.IsNullOrWhiteSpace(label))) : null;

    /// <summary>The deepest category: the others are the way to it, or collections.</summary>
    private static string? Category(JsonElement product) => product.Items("categories") is { Count: > 0 } categories ? categories.MaxBy(Level).Text("name") : null;

    private static int Level(JsonElement category) => int.TryParse(category.Text("level"), NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : 0;

    private static string? Stock(JsonElement variant) =>
        variant.Text("stock_status") switch
        {
            "IN_STOCK" => nameof(Availability.InStock),
            "OUT_OF_STOCK" => nameof(Availability.OutOfStock),
            var other => other,
        };
}
