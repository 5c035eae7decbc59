using System.Globalization;
using System.Text.Json.Nodes;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>
/// Japanese, one JSON-LD <c>@graph</c> with a Product or a ProductGroup in it, whole yen. By turns UTF-8, Shift_JIS with a wrong
/// meta element, EUC-JP with a wrong header, and Shift_JIS that only the meta element names.
/// </summary>
internal sealed class DuneShop : ShopStyle
{
    private static readonly PageCharset[] Charsets =
    [
        PageCharset.Utf8,
        new(PageCharset.Legacy("shift_jis"), Header: "Shift_JIS", Meta: "utf-8"),
        new(PageCharset.Legacy("euc-jp"), Header: "utf-8", Meta: "EUC-JP"),
        new(PageCharset.Legacy("shift_jis"), Header: null, Meta: "Shift_JIS"),
    ];

    public override ShopProfile Profile { get; } =
        new()
        {
            Name = "dune",
            Title = "砂丘商店",
            Summary = "Japanese store: JSON-LD graphs and product groups, yen, Shift_JIS and EUC-JP",
            Language = "ja",
            CurrencyCode = "JPY",
            AccentColour = "#8a5a2b",
            Texts = JapaneseTexts.Texts,
            Rules = new CatalogueRules
            {
                Vocabulary = JapaneseVocabulary.Words,
                PriceDecimals = 0,
                GtinPrefix = "45",
                SkuPrefix = "SK",
                ShopTitle = "砂丘商店",
                VariantPercent = 30,
            },
        };

    /// <summary>商品 is "goods".</summary>
    protected override string OwnPath(Item item) =>
        string.Create(CultureInfo.InvariantCulture, $"/%E5%95%86%E5%93%81/{item.Id}");

    public override string CategoryPath(Category category, int page) =>
        string.Create(CultureInfo.InvariantCulture, $"/category/{category.Slug}{(page == 1 ? "" : $"?p={page}")}");

    public override string Price(decimal amount) => "¥" + Html.Number(amount, 0, ",", "");

    public override PageCharset Charset(Item item) => Charsets[item.Id % Charsets.Length];

    /// <summary>The group has one seller and condition for all variants; its number is the group's.</summary>
    public override Item Shown(Item item) => item.Variants.Count == 0 ? item : item with { Mpn = null, Gtin = null };

    public override HtmlPage ProductPage(PageContext context, Item item)
    {
        var data = new JsonLd(this, context);
        var graph = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@graph"] = new JsonArray(
                new JsonObject
                {
                    ["@type"] = "Organization",
                    ["@id"] = context.Absolute("/#organization"),
                    ["name"] = Profile.Title,
                },
                new JsonObject
                {
                    ["@type"] = "WebSite",
                    ["@id"] = context.Absolute("/#website"),
                    ["url"] = context.Absolute("/"),
                },
                data.Breadcrumbs(item),
                item.Variants.Count == 0 ? data.Product(item) : data.ProductGroup(item)
            ),
        };
        var body = ProductBody.Render(this, context, item, BuyBox(item), ProductMarkup.None);
        var page = Layout.Page(this, item.Name, context.Absolute(ProductPath(item)), body, JsonLd.Script(graph));

        // The yen sign is in neither Shift_JIS nor EUC-JP; such pages write it as an entity.
        return Charset(item) == PageCharset.Utf8 ? page : page with { Body = Entities(page.Body) };
    }

    private static string Entities(string html) =>
        html.Replace("¥", "&yen;", StringComparison.Ordinal)
            .Replace("©", "&copy;", StringComparison.Ordinal)
            .Replace("›", "&rsaquo;", StringComparison.Ordinal);

    private string BuyBox(Item item)
    {
        var old = item.ListPrice is { } list ? $"<span class=\"old\">定価 <del>{Price(list)}</del></span> " : "";
        return $"<div class=\"price-box\">{old}<span class=\"price\">{Price(item.Price!.Value)}</span>（税込） "
            + $"<span class=\"note\">送料 {Price(550)}、{Price(5000)}以上のお買い上げで送料無料</span>"
            + $"<span class=\"note\">{decimal.Floor(item.Price.Value / 100):0}ポイント進呈</span></div>\n"
            + ProductBody.Availability(this, item);
    }
}
