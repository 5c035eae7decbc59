using System.Globalization;
using System.Text.Json.Nodes;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>
/// German, schema.org as JSON-LD. The price stands there as a number, as a text, and on every third page in German form
/// (<c>"1.234,56"</c>), as shops do that fill it from their template.
/// </summary>
internal sealed class AlderShop : ShopStyle
{
    public override ShopProfile Profile { get; } =
        new()
        {
            Name = "alder",
            Title = "Erlenhaus",
            Summary = "German home store: JSON-LD, euro, 1.234,56 €",
            Language = "de-DE",
            CurrencyCode = "EUR",
            AccentColour = "#35563f",
            Texts = GermanTexts.Texts,
            Rules = new CatalogueRules
            {
                Vocabulary = GermanVocabulary.Words,
                GtinPrefix = "40",
                SkuPrefix = "EH",
                ShopTitle = "Erlenhaus",
                UsedPercent = 4,
            },
        };

    protected override string OwnPath(Item item) =>
        string.Create(CultureInfo.InvariantCulture, $"/produkt/{item.Slug}-{item.Id}.html");

    public override string CategoryPath(Category category, int page) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"/kategorie/{category.Slug}/{(page == 1 ? "" : $"?seite={page}")}"
        );

    public override string Price(decimal amount) => German(amount) + "&nbsp;€";

    public override HtmlPage ProductPage(PageContext context, Item item)
    {
        var data = new JsonLd(this, context)
        {
            PriceValue = amount =>
                (item.Id % 3) switch
                {
                    0 => JsonValue.Create(amount),
                    1 => JsonValue.Create(ProductBody.Invariant(amount)),
                    _ => JsonValue.Create(German(amount)),
                },
        };
        var breadcrumbs = data.Breadcrumbs(item);
        breadcrumbs["@context"] = "https://schema.org";
        var head = JsonLd.Script(breadcrumbs) + JsonLd.Script(data.Product(item));
        var body = ProductBody.Render(this, context, item, BuyBox(item), ProductMarkup.None);
        return Layout.Page(this, item.Name, context.Absolute(ProductPath(item)), body, head);
    }

    private static string German(decimal amount) => Html.Number(amount, 2, ".", ",");

    private string BuyBox(Item item)
    {
        var old = item.ListPrice is { } list ? $"<span class=\"old\">UVP <del>{Price(list)}</del></span> " : "";
        return $"<div class=\"price-box\">{old}<span class=\"price\">{Price(item.Price!.Value)}</span> "
            + $"<span class=\"note\">inkl. MwSt., zzgl. {Price(4.95m)} Versand, ab {Price(50m)} versandkostenfrei</span>"
            + $"<span class=\"note\">oder 12 Raten zu je {Price(decimal.Round(item.Price.Value / 12 * 1.04m, 2))}</span></div>\n"
            + ProductBody.Availability(this, item);
    }
}
