using System.Text.Json;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.WooCommerce;

/// <summary>
/// Reads one page of the Store API's products (https://developer.woocommerce.com/docs/apis/store-api/resources-endpoints/products/):
/// an offer for each product and each variation. Variable and grouped products are none: what they are made of is.
/// </summary>
internal static class WooCommerceProductReader
{
    public const string NoProducts = "no-products";
    public const string OnlyGroups = "only-groups";

    /// <summary>An error body (<c>code</c>, <c>message</c>, <c>data.status</c>) that came with status 200.</summary>
    public const string ApiError = "api-error";

    public static ExtractionResult Read(FetchedPage page) => JsonPage.Read(page, root => Read(root, page, ReadProduct, NoProducts));

    /// <param name="root">The page.</param>
    /// <param name="page">Where it came from.</param>
    /// <param name="readItem">Null for an entry that is no object of its own.</param>
    /// <param name="emptyReason">Why a page without entries is skipped.</param>
    internal static ExtractionResult Read(
        JsonElement root,
        FetchedPage page,
        Func<JsonElement, string, WooCommerceListing, ExtractedObject?> readItem,
        string emptyReason
    )
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            return ExtractionResult.Defective(root.Text("code") is not null && root.Text("message") is not null ? ApiError : JsonPage.NotJson);
        }

        if (root.GetArrayLength() == 0 || WooCommerceListing.TryParse(page.Url) is not { } listing)
        {
            return ExtractionResult.Skipped(emptyReason);
        }

        var objects = new List<ExtractedObject>(root.GetArrayLength());
        var index = 0;
        foreach (var item in root.EnumerateArray())
        {
            if (readItem(item, $"[{index++}]", listing) is { } found)
            {
                objects.Add(found);
            }
        }

        return objects.Count > 0 ? new ExtractionResult(objects) : ExtractionResult.Skipped(OnlyGroups);
    }

    private static ExtractedObject? ReadProduct(JsonElement product, string position, WooCommerceListing listing)
    {
        if (HasParts(product, "variations") || HasParts(product, "grouped_products"))
        {
            return null;
        }

        var (id, name) = (product.Text("id"), product.Text("name"));
        var url = CanonicalUrl.TryCreate(product.Text("permalink")) ?? CanonicalUrl.Of(listing.PageOf(id ?? "").AbsoluteUri);
        return new ExtractedObject
        {
            Type = ObjectType.Offer,
            ObjectKey = id is null ? ObjectKey.FromUrl(url, $"{name}\n{product.Text("sku")}\n{position}") : ObjectKey.FromPlatformId(WooCommerceConnector.PlatformName, listing.Site, id),
            Url = url,
            Position = position,
            Fields = Fields(product, name, position),
        };
    }

    private static Dictionary<string, RawField> Fields(JsonElement product, string? name, string position)
    {
        var fields = new Dictionary<string, RawField>(StringComparer.Ordinal);
        void Add(string field, string? text, string location)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                fields.TryAdd(field, new RawField(text, ExtractionSource.Api, $"{position}.{location}", 1));
            }
        }

        var money = new WooCommerceMoney(product.Member("prices") ?? default);
        Add(FieldNames.Name, product.Text("variation") is { Length: > 0 } variation ? $"{name} - {variation}" : name, "name");
        Add(FieldNames.Description, product.Text("short_description"), "short_description");
        Add(FieldNames.Description, product.Text("description"), "description");
        if (!money.IsZero || product.Member("is_purchasable")?.ValueKind == JsonValueKind.True)
        {
            Add(FieldNames.Price, money.Amount("price"), "prices.price");
            Add(FieldNames.PriceCurrency, money.Currency, "prices.currency_code");
            Add(FieldNames.ListPrice, money.Amount("regular_price"), "prices.regular_price");
        }

        Add(FieldNames.Availability, Stock(product), "is_in_stock");
        Add(FieldNames.Sku, product.Text("sku"), "sku");
        Add(FieldNames.Brand, First(product, "brands")?.Text("name"), "brands[0].name");
        Add(FieldNames.Category, First(product, "categories")?.Text("name"), "categories[0].name");
        Add(FieldNames.Image, First(product, "images")?.Text("src"), "images[0].src");
        if (product.Text("review_count") is { } count and not "0")
        {
            Add(FieldNames.RatingValue, product.Text("average_rating"), "average_rating");
            Add(FieldNames.ReviewCount, count, "review_count");
        }

        return fields;
    }

    private static string? Stock(JsonElement product) =>
        (product.Member("is_in_stock")?.ValueKind, product.Member("is_on_backorder")?.ValueKind) switch
        {
            (_, JsonValueKind.True) => nameof(Availability.BackOrder),
            (JsonValueKind.True, _) => nameof(Availability.InStock),
            (JsonValueKind.False, _) => nameof(Availability.OutOfStock),
            _ => null,
        };

    private static JsonElement? First(JsonElement product, string name) => product.Items(name) is [var first, ..] ? first : null;

    private static bool HasParts(JsonElement product, string name) => product.Member(name) is { ValueKind: JsonValueKind.Array } parts && parts.GetArrayLength() > 0;
}
