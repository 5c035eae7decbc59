using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Magento;

/// <summary>What all answers of the products query have in common.</summary>
internal sealed class MagentoAnswer
{
    public const string NoProducts = "no-products";

    /// <summary>The answer holds <c>errors</c> instead of products; some of a product's fields may fail without that.</summary>
    public const string GraphQlError = "graphql-error";

    private readonly Uri _shop;

    private MagentoAnswer(Uri shop, string? locale) => (_shop, Language) = (shop, locale?.Replace('_', '-'));

    /// <summary>From Magento's locale, such as <c>de_DE</c>.</summary>
    public string? Language { get; }

    /// <summary>The host and the view: the same product has a name and a price of its own in each.</summary>
    public required string Site { get; init; }

    /// <param name="page">Any page.</param>
    /// <param name="readProduct">Gives a product's objects.</param>
    /// <param name="emptyReason">Why an answer without objects is skipped.</param>
    public static ExtractionResult Read(FetchedPage page, Func<MagentoAnswer, JsonElement, string, IEnumerable<ExtractedObject>> readProduct, string emptyReason) =>
        JsonPage.Read(page, root => Read(root, page, readProduct, emptyReason));

    /// <summary>
    /// Its page in the shop, by URL key and suffix. A shop may have product pages under category paths as well; this one is always
    /// there.
    /// </summary>
    public string UrlOf(JsonElement product)
    {
        var key = product.Text("url_key");
        var path = string.IsNullOrWhiteSpace(key) ? $"catalogsearch/result/?q={Uri.EscapeDataString(product.Text("sku") ?? "")}" : Uri.EscapeDataString(key) + product.Text("url_suffix");
        var url = new Uri(_shop, path);
        return CanonicalUrl.TryCreate(url) ?? CanonicalUrl.Of(_shop.AbsoluteUri);
    }

    private static ExtractionResult Read(JsonElement root, FetchedPage page, Func<MagentoAnswer, JsonElement, string, IEnumerable<ExtractedObject>> readProduct, string emptyReason)
    {
        var data = root.Member("data");
        if (data?.Member("products") is not { ValueKind: JsonValueKind.Object } products || MagentoQuery.TryParse(page.Url) is not { } query)
        {
            return ExtractionResult.Defective(root.Items("errors").Count > 0 ? GraphQlError : JsonPage.NotJson);
        }

        var config = data.Value.Member("storeConfig") ?? default;
        var answer = new MagentoAnswer(ShopOf(config, query), config.Text("locale")) { Site = query.Store is null ? query.Endpoint.Authority : $"{query.Endpoint.Authority}/{query.Store}" };
        var items = products.Items("items");
        var objects = new List<ExtractedObject>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            objects.AddRange(readProduct(answer, items[i], $"data.products.items[{i}]"));
        }

        return objects.Count > 0 ? new ExtractionResult(objects) : ExtractionResult.Skipped(emptyReason);
    }

    private static Uri ShopOf(JsonElement config, MagentoQuery query) =>
        Uri.TryCreate(config.Text("secure_base_link_url") ?? config.Text("base_link_url"), UriKind.Absolute, out var link) && link.Scheme.StartsWith("http", StringComparison.Ordinal)
            ? link
            : new Uri(query.Endpoint, "/");
}
