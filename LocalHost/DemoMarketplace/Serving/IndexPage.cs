using System.Globalization;
using System.Text;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;
using Marketline.LocalHost.DemoMarketplace.Shops;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>The list of shops, for people.</summary>
internal static class IndexPage
{
    public static string Render(IEnumerable<Site> sites, Func<string, string> baseUrl, int day)
    {
        var html = new StringBuilder();
        html.Append(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Demo marketplace</title>\n"
        );
        html.Append(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>:root{--accent:#2b3a4a}\n"
        );
        html.Append(SiteStyle.Css)
            .Append(
                ".shops .card{border-top:6px solid var(--shop)}.shops{grid-template-columns:repeat(auto-fill,minmax(240px,1fr))}</style>\n</head>\n<body>\n"
            );
        html.Append(
            "<header><span class=\"logo\">Demo marketplace</span><nav><a href=\"/_control/state\">State</a> <a href=\"/_control/requests\">Requests</a></nav></header>\n"
        );
        html.Append(
            CultureInfo.InvariantCulture,
            $"<main><div class=\"hero\"><h1>Shops of day {day}</h1><p>It is {ShopCalendar.Date(day):yyyy-MM-dd} here. Every shop has its sitemap, its robots.txt and a ground truth to compare with. <code>POST /_control/day/{day + 1}</code> moves to the next day.</p></div>\n<div class=\"cards shops\">\n"
        );
        foreach (var site in sites)
        {
            var profile = site.Style.Profile;
            var url = baseUrl(profile.Name);
            html.Append(
                CultureInfo.InvariantCulture,
                $"<div class=\"card\" style=\"--shop:{profile.AccentColour}\"><a href=\"{url}/\"><b>{Html.Text(profile.Title)}</b></a>"
            );
            html.Append(CultureInfo.InvariantCulture, $"<span>{Html.Text(profile.Summary)}</span>");
            html.Append(
                CultureInfo.InvariantCulture,
                $"<span class=\"note\"><a href=\"{url}/\">{profile.Name}.localhost</a> · <a href=\"{url}/sitemap.xml\">sitemap</a> · <a href=\"/_truth/{profile.Name}.jsonl?day={day}\">truth</a></span></div>\n"
            );
        }

        return html.Append("</div></main>\n</body>\n</html>\n").ToString();
    }
}
