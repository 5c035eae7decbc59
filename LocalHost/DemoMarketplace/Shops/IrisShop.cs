using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>
/// Irish, with pages full of text and data, but for price and availability: those stand in an empty box until a browser has run
/// the shop's script.
/// </summary>
internal sealed class IrisShop : ScriptedShop
{
    public const string ShopName = "iris";

    public override string Script => """
        addEventListener('DOMContentLoaded', async () => {
          const answer = await fetch('/fragments' + location.pathname);
          const part = await answer.json();
          document.getElementById('buy-box').innerHTML = part.body;
        });
        """;

    public override ShopProfile Profile { get; } =
        new()
        {
            Name = ShopName,
            Title = "Iris & Ivy",
            Summary = "Irish shop with prices built by script: whole pages that take a browser for the rest, euro",
            Language = "en-IE",
            CurrencyCode = "EUR",
            AccentColour = "#4f3f8a",
            Texts = EnglishTexts.Texts,
            HasTraps = false,
            Rules = new CatalogueRules
            {
                Vocabulary = EnglishVocabulary.Words,
                GtinPrefix = "539",
                SkuPrefix = "II",
                ShopTitle = "Iris & Ivy",
            },
        };

    protected override string OwnPath(Item item) => string.Create(CultureInfo.InvariantCulture, $"/product/{item.Slug}-{item.Id}");

    public override string CategoryPath(Category category, int page) =>
        string.Create(CultureInfo.InvariantCulture, $"/range/{category.Slug}{(page == 1 ? "" : $"?page={page}")}");

    public override HtmlPage ProductPage(PageContext context, Item item)
    {
        var data = new JsonLd(this, context).Product(item);
        data.Remove("offers");
        var body = ProductBody.Render(this, context with { Related = [] }, item, "<div id=\"buy-box\"></div>\n", ProductMarkup.None);
        return Layout.Page(this, item.Name, context.Absolute(ProductPath(item)), body, JsonLd.Script(data) + ScriptTag);
    }

    public override (string Body, string Data) Fragment(PageContext context, Item item) => (BuyBox(item), "");
}
