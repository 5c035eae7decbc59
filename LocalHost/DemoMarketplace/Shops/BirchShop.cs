using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>
/// British, schema.org as microdata (https://html.spec.whatwg.org/multipage/microdata.html). On every other page the price is
/// the element's text instead of its <c>content</c>; the cards of other products are marked up as products too.
/// </summary>
internal sealed class BirchShop : ShopStyle
{
    private const string Type = " itemscope itemtype=\"https://schema.org/";

    private static readonly ProductMarkup Microdata = new()
    {
        Product = Type + "Product\"",
        Name = " itemprop=\"name\"",
        Image = " itemprop=\"image\"",
        Description = " itemprop=\"description\"",
        Brand = " itemprop=\"brand\"",
        Sku = " itemprop=\"sku\"",
        Mpn = " itemprop=\"mpn\"",
        Gtin = " itemprop=\"gtin13\"",
        Category = " itemprop=\"category\"",
        Rating = " itemprop=\"aggregateRating\"" + Type + "AggregateRating\"",
        RatingValue = " itemprop=\"ratingValue\"",
        ReviewCount = " itemprop=\"reviewCount\"",
        Review = " itemprop=\"review\"" + Type + "Review\"",
        Author = " itemprop=\"author\"",
        DatePublished = " itemprop=\"datePublished\"",
        ReviewRating = " itemprop=\"reviewRating\"" + Type + "Rating\"",
        ReviewRatingValue = " itemprop=\"ratingValue\"",
        ReviewBody = " itemprop=\"reviewBody\"",
        RelatedProduct = Type + "Product\"",
        RelatedName = " itemprop=\"name\"",
        RelatedOffer = " itemprop=\"offers\"" + Type + "Offer\"",
        RelatedPrice = " itemprop=\"price\"",
    };

    public override ShopProfile Profile { get; } =
        new()
        {
            Name = "birch",
            Title = "Birch & Barrow",
            Summary = "British outfitter: microdata, pounds, crawl delay",
            Language = "en-GB",
            CurrencyCode = "GBP",
            AccentColour = "#4b5a7a",
            Texts = EnglishTexts.Texts,
            CrawlDelay = "0.1",
            Rules = new CatalogueRules
            {
                Vocabulary = EnglishVocabulary.Words,
                GtinPrefix = "50",
                SkuPrefix = "BB",
                ShopTitle = "Birch & Barrow",
            },
        };

    protected override string OwnPath(Item item) =>
        string.Create(CultureInfo.InvariantCulture, $"/p/{item.Slug}/{item.Id}");

    public override string CategoryPath(Category category, int page) =>
        string.Create(CultureInfo.InvariantCulture, $"/c/{category.Slug}{(page == 1 ? "" : $"?page={page}")}");

    public override string Price(decimal amount) => "£" + Html.Number(amount, 2, ",", ".");

    public override HtmlPage ProductPage(PageContext context, Item item)
    {
        var body = ProductBody.Render(this, context, item, BuyBox(item), Microdata);
        return Layout.Page(this, item.Name, context.Absolute(ProductPath(item)), body);
    }

    private string BuyBox(Item item)
    {
        var price = item.Price!.Value;
        var old = item.ListPrice is { } list ? $"<span class=\"old\">RRP <del>{Price(list)}</del></span> " : "";
        var content = item.Id % 2 == 0 ? $" content=\"{ProductBody.Invariant(price)}\"" : "";
        return $"<div class=\"price-box\" itemprop=\"offers\"{Type}Offer\">{old}"
            + $"<span class=\"price\" itemprop=\"price\"{content}>{Price(price)}</span>"
            + "<meta itemprop=\"priceCurrency\" content=\"GBP\">"
            + $"<link itemprop=\"availability\" href=\"http://schema.org/{item.Availability}\">"
            + $"<link itemprop=\"itemCondition\" href=\"http://schema.org/{item.Condition}Condition\">"
            + $"<span class=\"note\">Sold by <span itemprop=\"seller\"{Type}Organization\"><span itemprop=\"name\">{Html.Text(item.Seller!)}</span></span>. "
            + $"Free UK delivery on orders over {Price(40m)}</span></div>\n"
            + ProductBody.Availability(this, item);
    }
}
