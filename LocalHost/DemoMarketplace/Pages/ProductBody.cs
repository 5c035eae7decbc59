using System.Globalization;
using System.Text;
using Marketline.LocalHost.DemoMarketplace.Products;
using Marketline.LocalHost.DemoMarketplace.Shops;

namespace Marketline.LocalHost.DemoMarketplace.Pages;

/// <summary>What a person sees on a product page.</summary>
internal static class ProductBody
{
    /// <param name="style">Addresses and words.</param>
    /// <param name="context">Where.</param>
    /// <param name="item">Already reduced to what the shop tells.</param>
    /// <param name="buyBox">Price, availability and what stands around them, as HTML.</param>
    /// <param name="markup">Machine-readable attributes.</param>
    public static string Render(ShopStyle style, PageContext context, Item item, string buyBox, ProductMarkup markup)
    {
        var texts = style.Profile.Texts;
        var html = new StringBuilder(6000);
        html.Append(Layout.Breadcrumbs(style, item.Category));
        html.Append(CultureInfo.InvariantCulture, $"<main class=\"product\"{markup.Product}>\n<div class=\"gallery\">");
        var source = context.Absolute(ShopStyle.ImagePath(item));
        html.Append(
            CultureInfo.InvariantCulture,
            $"<img{markup.Image} src=\"{source}\" width=\"420\" height=\"420\" alt=\"{Html.Text(item.Name)}\">"
        );
        html.Append(
            CultureInfo.InvariantCulture,
            $"</div>\n<div class=\"buy\">\n<h1{markup.Name}>{Html.Text(item.Name)}</h1>\n"
        );
        AppendRating(html, item, markup);
        html.Append(buyBox);
        html.Append(
            CultureInfo.InvariantCulture,
            $"<button type=\"button\" class=\"cart\">{texts.AddToCart}</button>\n</div>\n"
        );
        html.Append(
            CultureInfo.InvariantCulture,
            $"<section class=\"text\"><h2>{texts.Description}</h2><p{markup.Description}>{Html.Text(item.Description)}</p></section>\n"
        );
        AppendDetails(html, style, item, markup);
        AppendReviews(html, texts, item, markup);
        html.Append("</main>\n");
        AppendRelated(html, style, context, markup);
        return html.ToString();
    }

    public static string Availability(ShopStyle style, Item item)
    {
        if (item.Availability is null)
        {
            return "";
        }

        var mood = item.Availability is "OutOfStock" or "Discontinued" ? "out" : "in";
        return $"<p class=\"stock {mood}\">{style.Profile.Texts.Availability[item.Availability]}</p>\n";
    }

    public static string Invariant(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static void AppendRating(StringBuilder html, Item item, ProductMarkup markup)
    {
        if (item is not { RatingValue: { } value, ReviewCount: { } count })
        {
            return;
        }

        var stars = new string('★', (int)decimal.Round(value)) + new string('☆', 5 - (int)decimal.Round(value));
        html.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"rating\"{markup.Rating}><span class=\"stars\">{stars}</span> "
        );
        html.Append(
            CultureInfo.InvariantCulture,
            $"<span{markup.RatingValue}>{value:0.0}</span> (<span{markup.ReviewCount}>{count}</span>)</p>\n"
        );
    }

    private static void AppendDetails(StringBuilder html, ShopStyle style, Item item, ProductMarkup markup)
    {
        var texts = style.Profile.Texts;
        html.Append(
            CultureInfo.InvariantCulture,
            $"<section class=\"text\"><h2>{texts.Details}</h2>\n<table class=\"specs\">\n"
        );
        Row(texts.Brand, item.Brand, markup.Brand);
        Row(texts.Sku, item.Sku, markup.Sku);
        Row("MPN", item.Mpn, markup.Mpn);
        Row(style.Profile.Rules.GtinLength == 12 ? "UPC" : "EAN", item.Gtin, markup.Gtin);
        if (markup.Category.Length > 0 && item.CategoryText is { } category)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr hidden><td><meta{markup.Category} content=\"{Html.Text(category)}\"></td></tr>\n"
            );
        }

        html.Append("</table></section>\n");

        void Row(string label, string? value, string attributes)
        {
            if (value is not null)
            {
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<tr><th>{label}</th><td{attributes}>{Html.Text(value)}</td></tr>\n"
                );
            }
        }
    }

    private static void AppendReviews(StringBuilder html, PageTexts texts, Item item, ProductMarkup markup)
    {
        if (item.Reviews.Count == 0)
        {
            return;
        }

        html.Append(CultureInfo.InvariantCulture, $"<section class=\"text reviews\"><h2>{texts.Reviews}</h2>\n");
        foreach (var review in item.Reviews)
        {
            html.Append(CultureInfo.InvariantCulture, $"<article id=\"{review.Id}\"{markup.Review}>");
            html.Append(CultureInfo.InvariantCulture, $"<p><b{markup.Author}>{Html.Text(review.Author)}</b> ");
            html.Append(
                CultureInfo.InvariantCulture,
                $"<time{markup.DatePublished} datetime=\"{review.PublishedOn:yyyy-MM-dd}\">{review.PublishedOn:yyyy-MM-dd}</time> "
            );
            html.Append(
                CultureInfo.InvariantCulture,
                $"<span{markup.ReviewRating}><span{markup.ReviewRatingValue}>{review.Rating}</span>/5</span></p>"
            );
            html.Append(
                CultureInfo.InvariantCulture,
                $"<p{markup.ReviewBody}>{Html.Text(review.Body)}</p></article>\n"
            );
        }

        html.Append("</section>\n");
    }

    private static void AppendRelated(StringBuilder html, ShopStyle style, PageContext context, ProductMarkup markup)
    {
        html.Append(
            CultureInfo.InvariantCulture,
            $"<aside class=\"related\"><h2>{style.Profile.Texts.Similar}</h2>\n<div class=\"cards\">\n"
        );
        foreach (var related in context.Related)
        {
            html.Append(Layout.Card(style, related, markup));
        }

        html.Append("</div></aside>\n");
    }
}
