using System.Text.Json;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Shopify;

/// <summary>Reads one page of <c>/products.json</c>: an offer for each variant, keyed by the variant's id.</summary>
internal static class ShopifyListingReader
{
    public const string EmptyBody = JsonPage.EmptyBody;
    public const string NotJson = JsonPage.NotJson;
    public const string NoProducts = "no-products";

    /// <summary>What Shopify calls the one variant of a product without variants.</summary>
    private const string OnlyVariant = "Default Title";

    public static ExtractionResult Read(FetchedPage page) =>
        JsonPage.Read(
            page,
            root =>
                root.Member("products") is { ValueKind: JsonValueKind.Array } products
                    ? ReadProducts(products, page)
                    : ExtractionResult.Defective(NotJson)
        );

    private static ExtractionResult ReadProducts(JsonElement products, FetchedPage page)
    {
        var count = products.GetArrayLength();
        if (count == 0 || ShopifyListing.TryParse(page.Url) is not { } listing)
        {
            return ExtractionResult.Skipped(NoProducts);
        }

        var offers = new List<ExtractedObject>(count);
        var index = 0;
        foreach (var product in products.EnumerateArray())
        {
            var position = $"products[{index++}]";
            var variants = product.Items("variants");
            for (var i = 0; i < variants.Count; i++)
            {
                offers.Add(ReadVariant(product, variants[i], $"{position}.variants[{i}]", position, listing));
            }

            if (variants.Count == 0)
            {
                offers.Add(ReadVariant(product, default, position, position, listing));
            }
        }

        return new ExtractionResult(offers);
    }

    /// <summary>What Shopify always gives may be missing all the same: without an id, the address and the title tell offers apart.</summary>
    private static ExtractedObject ReadVariant(JsonElement product, JsonElement variant, string position, string productPosition, ShopifyListing listing)
    {
        var (id, title) = (variant.Text("id"), variant.Text("title"));
        var url = OfferUrl(listing.Address, product.Text("handle"), title == OnlyVariant ? null : id);
        var fields = new Dictionary<string, RawField>(StringComparer.Ordinal);
        void Add(string field, string? text, string location)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                fields.TryAdd(field, new RawField(text, ExtractionSource.Api, location, 1));
            }
        }

        Add(FieldNames.Name, Name(product.Text("title"), title), $"{productPosition}.title");
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
            ObjectKey = id is null ? ObjectKey.FromUrl(url, title ?? "") : ObjectKey.FromPlatformId(ShopifyConnector.PlatformName, listing.Address.Authority, id),
            Url = url,
            Position = position,
            Fields = fields,
        };
    }

    private static string? Name(string? product, string? variant) =>
        variant is null or OnlyVariant || product is null ? product : $"{product} - {variant}";

    private static string? Stock(JsonElement variant) =>
        variant.Member("available")?.ValueKind switch
        {
            JsonValueKind.True => nameof(Availability.InStock),
            JsonValueKind.False => nameof(Availability.OutOfStock),
            _ => null,
        };

    /// <summary>What is no choice has no address of its own: then it is the product's page.</summary>
    private static string OfferUrl(Uri listing, string? handle, string? variantId)
    {
        var path = string.IsNullOrWhiteSpace(handle) ? "/products" : $"/products/{Uri.EscapeDataString(handle)}";
        var url = new Uri(listing, variantId is null ? path : $"{path}?variant={Uri.EscapeDataString(variantId)}");
        return CanonicalUrl.TryCreate(url) ?? url.AbsoluteUri;
    }
}
