using System.Text.Json;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;

namespace Marketline.Platforms.Shopify;

/// <summary>Reads one page of <c>/products.json</c>: an offer for each variant, keyed by the variant's id.</summary>
internal static class ShopifyListingReader
{
    public const string EmptyBody = "empty-body";
    public const string NotJson = "not-json";
    public const string NoProducts = "no-products";

    /// <summary>What Shopify calls the one variant of a product without variants.</summary>
    private const string OnlyVariant = "Default Title";

    public static ExtractionResult Read(FetchedPage page)
    {
        if (page.Body.IsEmpty)
        {
            return ExtractionResult.Defective(EmptyBody);
        }

        try
        {
            using var document = JsonDocument.Parse(WithoutMark(page.Body));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("products", out var products)
                && products.ValueKind == JsonValueKind.Array
                ? ReadProducts(products, page)
                : ExtractionResult.Defective(NotJson);
        }
        catch (JsonException)
        {
            return ExtractionResult.Defective(NotJson);
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith("\ufeff"u8) ? body[3..] : body;

    private static ExtractionResult ReadProducts(JsonElement products, FetchedPage page)
    {
        var count = products.GetArrayLength();
        if (count == 0 || ShopifyListing.TryParse(page.Url) is not { } listing)
        {
            return ExtractionResult.Skipped(NoProducts);
        }

        var offers = new List<ExtractedObject>(count * 2);
        var index = 0;
        foreach (var product in products.EnumerateArray())
        {
            var position = $"products[{index++}]";
            var variants = product.Items("variants");
            for (var i = 0; i < variants.Count; i++)
            {
                if (ReadVariant(product, variants[i], $"{position}.variants[{i}]", position, listing) is { } offer)
                {
                    offers.Add(offer);
                }
            }
        }

        IReadOnlyList<CrawlTarget>? followUps = count >= listing.Limit ? [listing.NextPage()] : null;
        return new ExtractionResult(offers, offers.Count == 0 ? NoProducts : null, FollowUps: followUps);
    }

    private static ExtractedObject? ReadVariant(JsonElement product, JsonElement variant, string position, string productPosition, ShopifyListing listing)
    {
        if (variant.Text("id") is not { } id)
        {
            return null;
        }

        var fields = new Dictionary<string, RawField>(StringComparer.Ordinal);
        void Add(string field, string? text, string location)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                fields.TryAdd(field, new RawField(text, ExtractionSource.Api, location, 1));
            }
        }

        Add(FieldNames.Name, Name(product.Text("title"), variant.Text("title")), $"{productPosition}.title");
        Add(FieldNames.Description, product.Text("body_html"), $"{productPosition}.body_html");
        Add(FieldNames.Brand, product.Text("vendor"), $"{productPosition}.vendor");
        Add(FieldNames.Category, product.Text("product_type"), $"{productPosition}.product_type");
        Add(FieldNames.Price, variant.Text("price"), $"{position}.price");
        Add(FieldNames.PriceCurrency, listing.Currency, "url.currency");
        Add(FieldNames.ListPrice, variant.Text("compare_at_price"), $"{position}.compare_at_price");
        Add(FieldNames.Availability, Stock(variant), $"{position}.available");
        Add(FieldNames.Sku, variant.Text("sku"), $"{position}.sku");
        Add(FieldNames.Gtin, variant.Text("barcode"), $"{position}.barcode");
        Add(FieldNames.Image, variant.Member("featured_image")?.Text("src"), $"{position}.featured_image.src");
        Add(FieldNames.Image, product.Items("images") is [var image, ..] ? image.Text("src") : null, $"{productPosition}.images[0].src");
        return new ExtractedObject
        {
            Type = ObjectType.Offer,
            ObjectKey = ObjectKey.FromPlatformId(ShopifyConnector.PlatformName, listing.Address.Authority, id),
            Url = OfferUrl(listing.Address, product.Text("handle"), id),
            Position = position,
            Fields = fields,
        };
    }

    private static string? Name(string? product, string? variant) =>
        variant is null or OnlyVariant || product is null ? product : $"{product} - {variant}";

    private static string? Stock(JsonElement variant) =>
        variant.TryGetProperty("available", out var available)
            ? available.ValueKind switch
            {
                JsonValueKind.True => nameof(Availability.InStock),
                JsonValueKind.False => nameof(Availability.OutOfStock),
                _ => null,
            }
            : null;

    private static string OfferUrl(Uri listing, string? handle, string variantId)
    {
        var path = handle is null ? "/products" : $"/products/{Uri.EscapeDataString(handle)}";
        var url = new Uri(listing, $"{path}?variant={Uri.EscapeDataString(variantId)}");
        return CanonicalUrl.TryCreate(url) ?? url.AbsoluteUri;
    }
}
