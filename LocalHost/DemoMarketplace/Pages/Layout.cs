using System.Globalization;
using System.Text;
using Marketline.LocalHost.DemoMarketplace.Products;
using Marketline.LocalHost.DemoMarketplace.Shops;

namespace Marketline.LocalHost.DemoMarketplace.Pages;

/// <summary>What all pages of a shop share: head, header, footer, breadcrumbs and product cards.</summary>
internal static class Layout
{
    public static HtmlPage Page(
        ShopStyle style,
        string title,
        string canonicalUrl,
        string main,
        string headExtra = "",
        string bodyAttributes = ""
    )
    {
        var profile = style.Profile;
        var head =
            $"<title>{Html.Text(title)} | {Html.Text(profile.Title)}</title>\n"
            + $"<link rel=\"canonical\" href=\"{Html.Text(canonicalUrl)}\">\n"
            + $"<style>:root{{--accent:{profile.AccentColour}}}</style>\n"
            + headExtra;
        return new HtmlPage(head, Header(style) + main + Footer(style), bodyAttributes);
    }

    public static string Breadcrumbs(ShopStyle style, Category category) =>
        $"<nav class=\"crumbs\"><a href=\"/\">{style.Profile.Texts.Home}</a> › <span>{Html.Text(category.Parent)}</span> › "
        + $"<a href=\"{style.CategoryPath(category, 1)}\">{Html.Text(category.Name)}</a></nav>\n";

    public static string Card(ShopStyle style, Item item, ProductMarkup markup)
    {
        var price = item.Price is { } amount ? style.Price(amount) : "";
        var path = Html.Text(style.ProductPath(item));
        return $"<div class=\"card\"{markup.RelatedProduct}><a href=\"{path}\">"
            + $"<img src=\"{ShopStyle.ImagePath(item)}\" width=\"160\" height=\"160\" alt=\"\" loading=\"lazy\">"
            + $"<span{markup.RelatedName}>{Html.Text(item.Name)}</span></a>"
            + $"<span class=\"card-price\"{markup.RelatedOffer}><span{markup.RelatedPrice}>{price}</span></span></div>\n";
    }

    private static string Header(ShopStyle style)
    {
        var profile = style.Profile;
        var html = new StringBuilder(1200);
        html.Append(
            CultureInfo.InvariantCulture,
            $"<header><a class=\"logo\" href=\"/\">{Html.Text(profile.Title)}</a><nav>"
        );
        foreach (var category in profile.Rules.Vocabulary.Categories)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<a href=\"{style.CategoryPath(category, 1)}\">{Html.Text(category.Name)}</a> "
            );
        }

        return html.Append("</nav></header>\n").ToString();
    }

    private static string Footer(ShopStyle style)
    {
        var texts = style.Profile.Texts;
        return $"<footer><a href=\"{ShopPages.AboutPath}\">{texts.About}</a> <a href=\"{ShopPages.ShippingPath}\">{texts.Shipping}</a> "
            + $"<span>© {Html.Text(style.Profile.Title)}</span></footer>\n";
    }
}
