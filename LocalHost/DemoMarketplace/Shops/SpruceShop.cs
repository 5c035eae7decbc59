using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>The shop that measures are taken on: any number of plain, faultless JSON-LD pages that never come or go.</summary>
internal sealed class SpruceShop : ShopStyle
{
    public override ShopProfile Profile { get; } =
        new()
        {
            Name = "spruce",
            Title = "Spruce Warehouse",
            Summary = "Any number of plain pages, one product each: JSON-LD, euro",
            Language = "en-IE",
            CurrencyCode = "EUR",
            AccentColour = "#2f4f4f",
            Texts = EnglishTexts.Texts,
            HasTraps = false,
            Rules = new CatalogueRules
            {
                Vocabulary = EnglishVocabulary.Words,
                GtinPrefix = "53",
                SkuPrefix = "SW",
                ShopTitle = "Spruce Warehouse",
                IsChanging = false,
            },
        };

    protected override string OwnPath(Item item) =>
        string.Create(CultureInfo.InvariantCulture, $"/product/{item.Slug}-{item.Id}");

    public override string CategoryPath(Category category, int page) =>
        string.Create(CultureInfo.InvariantCulture, $"/category/{category.Slug}{(page == 1 ? "" : $"?page={page}")}");

    public override string Price(decimal amount) => "€" + Html.Number(amount, 2, ",", ".");

    public override HtmlPage ProductPage(PageContext context, Item item)
    {
        var head = JsonLd.Script(new JsonLd(this, context).Product(item));
        var buyBox =
            $"<div class=\"price-box\"><span class=\"price\">{Price(item.Price!.Value)}</span></div>\n"
            + ProductBody.Availability(this, item);
        var body = ProductBody.Render(this, context, item, buyBox, ProductMarkup.None);
        return Layout.Page(this, item.Name, context.Absolute(ProductPath(item)), body, head);
    }
}
