using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Marketline.Benchmarks.Scrapy;

/// <summary>
/// A shop of pages of 100 kB, one product each, marked up as microdata in a template's usual amount of navigation, teasers and
/// script. It runs as a process of its own, so that its work is nobody's.
/// </summary>
internal static class ProductSite
{
    public const string Argument = "product-site";

    private const int PageBytes = 100_000;

    /// <summary>Serves until its standard input ends; says its address in the first line.</summary>
    public static async Task ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        var rest = Encoding.UTF8.GetBytes(Rest());
        app.MapGet("/robots.txt", () => Results.Text("User-agent: *\nAllow: /\n"));
        app.MapGet(
            "/p/{number:int}",
            async (int number, HttpContext http) =>
            {
                var head = Encoding.UTF8.GetBytes(Head(number));
                http.Response.ContentType = "text/html; charset=utf-8";
                http.Response.ContentLength = head.Length + rest.Length;
                await http.Response.Body.WriteAsync(head);
                await http.Response.Body.WriteAsync(rest);
            }
        );
        await app.StartAsync();
        await Console.Out.WriteLineAsync(app.Urls.Single());
        await Console.In.ReadToEndAsync();
    }

    public static string Sku(int number) => string.Create(CultureInfo.InvariantCulture, $"SKU-{number:D7}");

    private static string Head(int number)
    {
        var price = (5 + number % 2_000 / 10m).ToString("0.00", CultureInfo.InvariantCulture);
        return $"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Product {number} | Shop</title>
            <meta property="og:type" content="product"><meta property="og:title" content="Product {number}"></head><body>
            <div itemscope itemtype="https://schema.org/Product" class="product">
            <h1 itemprop="name">Product {number}</h1>
            <meta itemprop="sku" content="{Sku(number)}"><meta itemprop="mpn" content="M{number}"><meta itemprop="gtin13" content="{Gtin(number)}">
            <div itemprop="brand" itemscope itemtype="https://schema.org/Brand"><span itemprop="name">Brand {number % 50}</span></div>
            <div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
            <span class="price">€ {price}</span><meta itemprop="price" content="{price}"><meta itemprop="priceCurrency" content="EUR">
            <link itemprop="availability" href="https://schema.org/{(number % 7 == 0 ? "OutOfStock" : "InStock")}"></div>
            </div>

            """;
    }

    private static string Gtin(int number)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"40{number:D10}");
        var sum = digits.Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 1 : 3)).Sum();
        return $"{digits}{(10 - sum % 10) % 10}";
    }

    private static string Rest()
    {
        var text = new StringBuilder("<nav><ul>");
        for (var i = 0; i < 150; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<li class=\"nav-item level-{i % 3}\"><a href=\"/c/{i}\" class=\"nav-link\">Category number {i}</a></li>\n");
        }

        text.Append("</ul></nav><section class=\"related\">");
        for (var i = 0; i < 60; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"<article class=\"teaser\"><a href=\"/t/{i}\"><img src=\"/img/{i}.jpg\" alt=\"Teaser {i}\" loading=\"lazy\"></a><h3>Another thing {i}</h3><p class=\"text\">A sentence that says what it is good for, and one more.</p></article>\n"
            );
        }

        text.Append("</section><section class=\"description\">");
        while (text.Length < PageBytes * 6 / 10)
        {
            text.Append("<p>It is made with care, keeps for years and comes in a plain box; the manual is printed on both sides.</p>\n");
        }

        text.Append("</section><script>window.config={\"routes\":[");
        while (text.Length < PageBytes - 1_500)
        {
            text.Append("{\"path\":\"/account/orders/list\",\"component\":\"OrdersList\",\"auth\":true},\n");
        }

        return text.Append("null]};</script></body></html>").ToString();
    }
}
