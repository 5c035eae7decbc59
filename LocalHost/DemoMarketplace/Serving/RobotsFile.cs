using System.Text;
using Marketline.LocalHost.DemoMarketplace.Shops;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>A shop's robots.txt (RFC 9309).</summary>
internal static class RobotsFile
{
    public static string Text(Site site, string baseUrl)
    {
        var text = new StringBuilder();
        if (site.Style.Profile.HasFaults)
        {
            // What a text editor and a careless merge leave behind; none of it may keep anyone from the rules below.
            text.Append('\uFEFF').Append("<<<<<<< HEAD\r\nDisallow /forgot-the-colon\r\n: /nothing\r\n\r\n");
        }

        text.Append("User-agent: BadBot\nDisallow: /\n\nUser-agent: *\n");
        text.Append(site.Style is ElmShop ? ShopifyRules : Rules);
        if (site.Style.Profile.CrawlDelay is { } delay)
        {
            text.Append("Crawl-delay: ").Append(delay).Append('\n');
        }

        return text.Append("\nSitemap: ").Append(baseUrl).Append("/sitemap.xml\n").ToString();
    }

    private const string Rules = $"""
        Disallow: /checkout/
        Disallow: /*?sort=
        Disallow: {ShopStyle.ClearancePath}/
        Allow: {ShopStyle.OpenClearancePath}/

        """;

    private const string ShopifyRules = """
        Disallow: /admin
        Disallow: /cart
        Disallow: /orders
        Disallow: /checkouts/
        Disallow: /checkout
        Disallow: /collections/*sort_by*
        Disallow: /search
        Disallow: /policies/

        """;
}
