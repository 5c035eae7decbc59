using System.Globalization;
using System.Text.Json.Nodes;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>
/// Canadian, in the shape of a Shopify storefront: its product pages with JSON-LD and reviews, and a script whose prices are in
/// cents. The interfaces beside the pages are <see cref="ShopifyApi"/>'s.
/// </summary>
internal sealed class ElmShop : ShopStyle
{
    private const long FirstProductId = 7_611_000_000_000;
    private const long FirstVariantId = 43_222_000_000_000;

    public override ShopProfile Profile { get; } =
        new()
        {
            Name = "elm",
            Title = "Elm Street Goods",
            Summary = "Canadian boutique in the shape of Shopify: products.json, variants, reviews, Canadian dollars",
            Language = "en-CA",
            CurrencyCode = "CAD",
            AccentColour = "#5b3a5e",
            Texts = EnglishTexts.Texts,
            HasTraps = false,
            Rules = new CatalogueRules
            {
                Vocabulary = EnglishVocabulary.Words,
                GtinPrefix = "0",
                GtinLength = 12,
                SkuPrefix = "ELM",
                ShopTitle = "Elm Street Goods",
                VariantPercent = 45,
                Availabilities = Availabilities.YesOrNo,
            },
        };

    public static string Handle(Item item) => string.Create(CultureInfo.InvariantCulture, $"{item.Slug}-{item.Id}");

    public static long ProductId(Item item) => FirstProductId + (item.Id * 137L);

    protected override string OwnPath(Item item) => "/products/" + Handle(item);

    public override string CategoryPath(Category category, int page) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"/collections/{category.Slug}{(page == 1 ? "" : $"?page={page}")}"
        );

    public override string Price(decimal amount) => "$" + Html.Number(amount, 2, ",", ".");

    public override long VariantId(Item item, ItemVariant variant) => FirstVariantId + (item.Id * 10L) + variant.Number;

    /// <summary>Shopify has one default variant where there are none; condition, seller and maker's number it does not tell.</summary>
    public override Item Shown(Item item) =>
        item with
        {
            Condition = null,
            Seller = null,
            Mpn = null,
            CategoryText = item.Category.Name,
            Variants =
                item.Variants.Count > 0
                    ? item.Variants
                    :
                    [
                        new ItemVariant(
                            1,
                            ShopifyApi.DefaultVariant,
                            item.Sku!,
                            item.Gtin,
                            item.Price!.Value,
                            item.ListPrice,
                            item.Availability!
                        ),
                    ],
        };

    public override HtmlPage ProductPage(PageContext context, Item item)
    {
        var data = new JsonLd(this, context) { Vocabulary = "http://schema.org/", PriceValue = PriceText };
        var head =
            JsonLd.Script(item.Variants.Count == 1 ? data.Product(item) : data.ProductGroup(item))
            + AnalyticsScript(item);
        var body = ProductBody.Render(this, context, item, BuyBox(item), ProductMarkup.None);
        return Layout.Page(this, item.Name, context.Absolute(ProductPath(item)), body, head);
    }

    private static JsonValue PriceText(decimal amount) => JsonValue.Create(ProductBody.Invariant(amount));

    private string AnalyticsScript(Item item)
    {
        var variants = item.Variants.Select(variant => new JsonObject
        {
            ["id"] = VariantId(item, variant),
            ["price"] = (long)(variant.Price * 100),
            ["name"] = $"{item.Name} - {variant.OptionValue}",
            ["public_title"] = variant.OptionValue,
            ["sku"] = variant.Sku,
        });
        var meta = new JsonObject
        {
            ["product"] = new JsonObject
            {
                ["id"] = ProductId(item),
                ["vendor"] = item.Brand,
                ["type"] = item.Category.Name,
                ["variants"] = new JsonArray([.. variants]),
            },
            ["page"] = new JsonObject { ["pageType"] = "product", ["resourceId"] = ProductId(item) },
        };
        return $"<script>var meta = {JsonLd.Text(meta)}; window.Shopify = {{shop: \"elm-street-goods.myshopify.com\", locale: \"en\", "
            + "currency: {active: \"CAD\", rate: \"1.0\"}, country: \"CA\"};</script>\n";
    }

    private string BuyBox(Item item)
    {
        var shown = item.Variants[0];
        var old = shown.ListPrice is { } list ? $"<s class=\"old\">{Price(list)}</s> " : "";
        var options = item.Variants.Select(variant =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"<option value=\"{VariantId(item, variant)}\">{variant.OptionValue}</option>"
            )
        );
        var select = item.Variants.Count == 1 ? "" : $"<p><select name=\"id\">{string.Concat(options)}</select></p>\n";
        return $"<div class=\"price-box\">{old}<span class=\"price\">{Price(shown.Price)}</span> "
            + $"<span class=\"note\">Spend {Price(75m)} for free shipping</span></div>\n{select}"
            + ProductBody.Availability(this, item);
    }
}
