using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>
/// Irish, built by script: its product pages are an empty shell, and hold nothing until a browser has run the shop's script,
/// which asks for what belongs there. Served only when it is asked for by name: it takes a browser to collect it.
/// </summary>
internal sealed class HazelShop : ShopStyle
{
    public const string ShopName = "hazel";
    public const string ScriptPath = "/assets/shop.js";
    public const string FragmentPrefix = "/fragments";

    /// <summary>What frameworks do in a megabyte: fetch the product of this address, and put it into the page.</summary>
    public const string Script = """
        addEventListener('DOMContentLoaded', async () => {
          const answer = await fetch('/fragments' + location.pathname);
          const part = await answer.json();
          document.getElementById('root').innerHTML = part.body;
          const data = document.createElement('script');
          data.type = 'application/ld+json';
          data.textContent = part.data;
          document.head.append(data);
        });
        """;

    public override ShopProfile Profile { get; } =
        new()
        {
            Name = ShopName,
            Title = "Hazel & Heath",
            Summary = "Irish shop built by script: empty pages that take a browser, euro",
            Language = "en-IE",
            CurrencyCode = "EUR",
            AccentColour = "#6b4f2a",
            Texts = EnglishTexts.Texts,
            HasTraps = false,
            Rules = new CatalogueRules
            {
                Vocabulary = EnglishVocabulary.Words,
                GtinPrefix = "539",
                SkuPrefix = "HH",
                ShopTitle = "Hazel & Heath",
            },
        };

    protected override string OwnPath(Item item) => string.Create(CultureInfo.InvariantCulture, $"/item/{item.Slug}-{item.Id}");

    public override string CategoryPath(Category category, int page) =>
        string.Create(CultureInfo.InvariantCulture, $"/shop/{category.Slug}{(page == 1 ? "" : $"?page={page}")}");

    public override string Price(decimal amount) => "€" + Html.Number(amount, 2, ",", ".");

    public override HtmlPage ProductPage(PageContext context, Item item) =>
        new(
            $"<title>{Html.Text(Profile.Title)}</title>\n<script src=\"{ScriptPath}\"></script>\n",
            "<noscript>You need to enable JavaScript to run this shop.</noscript>\n<div id=\"root\"></div>\n"
        );

    /// <summary>What the script puts into the page, and the data of it.</summary>
    public (string Body, string Data) Fragment(PageContext context, Item item)
    {
        var old = item.ListPrice is { } list ? $"<span class=\"old\">RRP <del>{Price(list)}</del></span> " : "";
        var buyBox = $"<div class=\"price-box\">{old}<span class=\"price\">{Price(item.Price!.Value)}</span></div>\n" + ProductBody.Availability(this, item);
        return (ProductBody.Render(this, context, item, buyBox, ProductMarkup.None), JsonLd.Text(new JsonLd(this, context).Product(item)));
    }
}
