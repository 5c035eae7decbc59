using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>
/// Norwegian, nothing but what a person sees. <c>kr</c> is the crown of three countries: only the page's language tells which.
/// </summary>
internal sealed class FjordShop : ShopStyle
{
    public override ShopProfile Profile { get; } =
        new()
        {
            Name = "fjord",
            Title = "Fjordbua",
            Summary = "Norwegian outdoor shop: visible text only, kr 1 234,50",
            Language = "nb-NO",
            CurrencyCode = "NOK",
            AccentColour = "#1f4e6b",
            Texts = NorwegianTexts.Texts,
            Rules = new CatalogueRules
            {
                Vocabulary = NorwegianVocabulary.Words,
                GtinPrefix = "70",
                SkuPrefix = "FB",
                ShopTitle = "Fjordbua",
                HasReviews = false,
            },
        };

    protected override string OwnPath(Item item) =>
        string.Create(CultureInfo.InvariantCulture, $"/vare/{item.Id}-{item.Slug}");

    public override string CategoryPath(Category category, int page) =>
        string.Create(CultureInfo.InvariantCulture, $"/kategori/{category.Slug}{(page == 1 ? "" : $"?side={page}")}");

    public override string Price(decimal amount) =>
        amount == decimal.Floor(amount)
            ? $"kr&nbsp;{Html.Number(amount, 0, "&nbsp;", "")},-"
            : $"kr&nbsp;{Html.Number(amount, 2, "&nbsp;", ",")}";

    public override Item Shown(Item item) => item with { Condition = null, Seller = null };

    public override HtmlPage ProductPage(PageContext context, Item item)
    {
        var body = ProductBody.Render(this, context, item, BuyBox(item), ProductMarkup.None);
        return Layout.Page(this, item.Name, context.Absolute(ProductPath(item)), body);
    }

    private string BuyBox(Item item)
    {
        var old = item.ListPrice is { } list ? $"<span class=\"old\">Førpris <del>{Price(list)}</del></span> " : "";
        return $"<div class=\"price-box\">{old}<span class=\"price\">{Price(item.Price!.Value)}</span> "
            + $"<span class=\"note\">Fri frakt ved kjøp over {Price(500m)}</span></div>\n"
            + ProductBody.Availability(this, item);
    }
}
