using System.Globalization;
using System.Text;
using Marketline.LocalHost.DemoMarketplace.Products;
using Marketline.LocalHost.DemoMarketplace.Shops;

namespace Marketline.LocalHost.DemoMarketplace.Pages;

/// <summary>The pages of a shop that are no product: home, categories, information, and the one that says there is none.</summary>
internal static class ShopPages
{
    public const string AboutPath = "/about";
    public const string ShippingPath = "/shipping";
    public const int ListingSize = 24;

    public static HtmlPage Home(ShopStyle style, PageContext context)
    {
        var profile = style.Profile;
        var main =
            $"<main><div class=\"hero\"><h1>{Html.Text(profile.Title)}</h1><p>{Html.Text(profile.Texts.AboutText)}</p></div>\n"
            + Cards(style, context.Related)
            + "</main>\n";
        return Layout.Page(style, profile.Texts.Home, context.Absolute("/"), main);
    }

    public static HtmlPage Category(ShopStyle style, PageContext context, Category category, int page, int pageCount)
    {
        var texts = style.Profile.Texts;
        var main = new StringBuilder(8000);
        main.Append(Layout.Breadcrumbs(style, category));
        main.Append(CultureInfo.InvariantCulture, $"<main><h1>{Html.Text(category.Name)}</h1>\n");
        main.Append(Cards(style, context.Related));
        main.Append("<nav class=\"pages\">");
        var head = "";
        if (page > 1)
        {
            main.Append(
                CultureInfo.InvariantCulture,
                $"<a rel=\"prev\" href=\"{Html.Text(style.CategoryPath(category, page - 1))}\">‹ {texts.Previous}</a> "
            );
        }

        main.Append(CultureInfo.InvariantCulture, $"<span>{page} / {pageCount}</span>");
        if (page < pageCount)
        {
            var next = Html.Text(style.CategoryPath(category, page + 1));
            head = $"<link rel=\"next\" href=\"{next}\">\n";
            main.Append(CultureInfo.InvariantCulture, $" <a rel=\"next\" href=\"{next}\">{texts.Next} ›</a>");
        }

        main.Append("</nav></main>\n");
        var canonical = context.Absolute(style.CategoryPath(category, page));
        return Layout.Page(style, category.Name, canonical, main.ToString(), head);
    }

    public static HtmlPage About(ShopStyle style, PageContext context) =>
        Information(style, context.Absolute(AboutPath), style.Profile.Texts.About, style.Profile.Texts.AboutText);

    public static HtmlPage Shipping(ShopStyle style, PageContext context) =>
        Information(
            style,
            context.Absolute(ShippingPath),
            style.Profile.Texts.Shipping,
            style.Profile.Texts.ShippingText
        );

    public static HtmlPage NotFound(ShopStyle style, PageContext context) =>
        Information(style, context.Absolute("/"), style.Profile.Texts.NotFound, style.Profile.Texts.ShippingText);

    private static HtmlPage Information(ShopStyle style, string canonicalUrl, string title, string text)
    {
        var main = $"<main class=\"text\"><h1>{Html.Text(title)}</h1><p>{Html.Text(text)}</p></main>\n";
        return Layout.Page(style, title, canonicalUrl, main);
    }

    private static string Cards(ShopStyle style, IReadOnlyList<Item> items)
    {
        var html = new StringBuilder("<div class=\"cards\">\n");
        foreach (var item in items)
        {
            html.Append(Layout.Card(style, item, ProductMarkup.None));
        }

        return html.Append("</div>\n").ToString();
    }
}
