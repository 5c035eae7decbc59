using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>
/// Irish, built by script: its product pages are an empty shell, and hold nothing until a browser has run the shop's script,
/// which asks for what belongs there.
/// </summary>
internal sealed class HazelShop : ScriptedShop
{
    public const string ShopName = "hazel";

    /// <summary>What frameworks do in a megabyte: fetch the product of this address, and put it into the page.</summary>
    public override string Script => """
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

    public override HtmlPage ProductPage(PageContext context, Item item) =>
        new(
            $"<title>{Html.Text(Profile.Title)}</title>\n{ScriptTag}",
            "<noscript>You need to enable JavaScript to run this shop.</noscript>\n<div id=\"root\"></div>\n"
        );

    public override (string Body, string Data) Fragment(PageContext context, Item item) =>
        (ProductBody.Render(this, context, item, BuyBox(item), ProductMarkup.None), JsonLd.Text(new JsonLd(this, context).Product(item)));
}
