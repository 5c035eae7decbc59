using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>
/// American, RDFa Lite (https://www.w3.org/TR/rdfa-lite/) and OpenGraph. Beside the price stand a shipping threshold, a saving,
/// an instalment and, on some pages, a second offer for a used one. A product's address is its query.
/// </summary>
internal sealed class CedarShop : ShopStyle
{
    private static readonly ProductMarkup Rdfa = new()
    {
        Product = " vocab=\"https://schema.org/\" typeof=\"Product\"",
        Name = " property=\"name\"",
        Image = " property=\"image\"",
        Description = " property=\"description\"",
        Brand = " property=\"brand\"",
        Sku = " property=\"sku\"",
        Mpn = " property=\"mpn\"",
        Gtin = " property=\"gtin12\"",
        Category = " property=\"category\"",
        Rating = " property=\"aggregateRating\" typeof=\"AggregateRating\"",
        RatingValue = " property=\"ratingValue\"",
        ReviewCount = " property=\"reviewCount\"",
        Review = " property=\"review\" typeof=\"Review\"",
        Author = " property=\"author\"",
        DatePublished = " property=\"datePublished\"",
        ReviewRating = " property=\"reviewRating\" typeof=\"Rating\"",
        ReviewRatingValue = " property=\"ratingValue\"",
        ReviewBody = " property=\"reviewBody\"",
    };

    public override ShopProfile Profile { get; } =
        new()
        {
            Name = "cedar",
            Title = "Cedar Supply",
            Summary = "American general store: RDFa and OpenGraph, dollars, used offers, shipping thresholds",
            Language = "en-US",
            CurrencyCode = "USD",
            AccentColour = "#7a3b1e",
            Texts = EnglishTexts.Texts,
            Rules = new CatalogueRules
            {
                Vocabulary = EnglishVocabulary.Words,
                GtinPrefix = "0",
                GtinLength = 12,
                SkuPrefix = "CS",
                ShopTitle = "Cedar Supply",
                UsedPercent = 10,
                SecondHandPercent = 30,
            },
        };

    protected override string OwnPath(Item item) =>
        string.Create(CultureInfo.InvariantCulture, $"/item.php?lang=en&id={item.Id}");

    public override string CategoryPath(Category category, int page) =>
        string.Create(CultureInfo.InvariantCulture, $"/category/{category.Slug}{(page == 1 ? "" : $"/page/{page}")}");

    public override string Price(decimal amount) => "$" + Html.Number(amount, 2, ",", ".");

    /// <summary>A used product has no other used offer beside it.</summary>
    public override Item Shown(Item item) => item.Condition == "New" ? item : item with { SecondHandPrice = null };

    public override HtmlPage ProductPage(PageContext context, Item item)
    {
        var url = Html.Text(context.Absolute(ProductPath(item)));
        var head =
            "<meta property=\"og:type\" content=\"product\">\n"
            + $"<meta property=\"og:title\" content=\"{Html.Text(item.Name)}\">\n"
            + $"<meta property=\"og:url\" content=\"{url}\">\n"
            + $"<meta property=\"og:image\" content=\"{context.Absolute(ImagePath(item))}\">\n"
            + $"<meta property=\"product:price:amount\" content=\"{ProductBody.Invariant(item.Price!.Value)}\">\n"
            + "<meta property=\"product:price:currency\" content=\"USD\">\n";
        var body = ProductBody.Render(this, context, item, BuyBox(item), Rdfa);
        const string prefix = " prefix=\"og: http://ogp.me/ns# product: http://ogp.me/ns/product#\"";
        return Layout.Page(this, item.Name, context.Absolute(ProductPath(item)), body, head, prefix);
    }

    private string BuyBox(Item item)
    {
        var price = item.Price!.Value;
        var saving = item.ListPrice is { } list
            ? $"<span class=\"old\">List <del>{Price(list)}</del></span> <span class=\"note\">You save {Price(list - price)}</span> "
            : "";
        var used = item.SecondHandPrice is { } second
            ? "<div class=\"note used\">"
                + $"{Profile.Texts.UsedFrom} {Offer(second, "Used", "InStock", Profile.Rules.Vocabulary.OtherSeller, "used-price")}</div>\n"
            : "";
        return $"<div class=\"price-box\"><span class=\"note\">Free shipping over {Price(50m)}</span>\n{saving}"
            + Offer(price, item.Condition!, item.Availability!, item.Seller!, "price")
            + $"<span class=\"note\">or 4 payments of {Price(decimal.Round(price / 4, 2))}. Members get {Price(5m)} back</span></div>\n"
            + used
            + ProductBody.Availability(this, item);
    }

    private string Offer(decimal price, string condition, string availability, string seller, string cssClass) =>
        "<span property=\"offers\" typeof=\"Offer\">"
        + $"<span class=\"{cssClass}\" property=\"price\" content=\"{ProductBody.Invariant(price)}\">{Price(price)}</span>"
        + "<meta property=\"priceCurrency\" content=\"USD\">"
        + $"<link property=\"availability\" href=\"https://schema.org/{availability}\">"
        + $"<link property=\"itemCondition\" href=\"https://schema.org/{condition}Condition\">"
        + $" <span class=\"note\">{Condition(condition)}, sold by <span property=\"seller\" typeof=\"Organization\">"
        + $"<span property=\"name\">{Html.Text(seller)}</span></span></span></span>\n";

    private string Condition(string condition) =>
        condition switch
        {
            "New" => Profile.Texts.New,
            "Used" => Profile.Texts.Used,
            _ => Profile.Texts.Refurbished,
        };
}
