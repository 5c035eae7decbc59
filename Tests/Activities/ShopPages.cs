using System.Text;
using System.Text.Json;
using Marketline.Core.Crawl;

namespace Marketline.Tests.Activities;

/// <summary>Pages of a shop as the crawler hands them on, made by hand after schema.org's examples of Product and Review.</summary>
internal static class ShopPages
{
    public static readonly DateTimeOffset FetchedUtc = new(2026, 11, 21, 3, 16, 0, TimeSpan.Zero);

    public static string Url(string path) => $"https://shop.example/{path}";

    public static FetchedPage Product(string path, string price) =>
        Html(
            path,
            new
            {
                type = "Product",
                name = $"Kettle {path}",
                sku = $"SKU-{path}",
                offers = new
                {
                    type = "Offer",
                    price,
                    priceCurrency = "EUR",
                    availability = "https://schema.org/InStock",
                },
            }
        );

    /// <param name="reviews">Author, rating and text of each.</param>
    public static FetchedPage Reviews(string path, params (string Author, string Rating, string Body)[] reviews) =>
        Html(
            path,
            new
            {
                type = "Product",
                name = $"Kettle {path}",
                review = reviews.Select(review => new
                {
                    type = "Review",
                    author = new { type = "Person", name = review.Author },
                    datePublished = "2026-10-31",
                    reviewBody = review.Body,
                    reviewRating = new { type = "Rating", ratingValue = review.Rating, bestRating = "5" },
                }),
            }
        );

    /// <summary>A page of a Shopify shop's products.json: one product with these variants.</summary>
    public static FetchedPage Listing(int page, params (string Id, string Price)[] variants)
    {
        var shown = variants.Select(variant => new { id = variant.Id, title = variant.Id, price = variant.Price, sku = $"SKU-{variant.Id}" });
        var body = JsonSerializer.Serialize(new { products = new[] { new { id = 1, title = "Kettle", handle = "kettle", variants = shown } } });
        return Text($"products.json?limit=250&page={page}&currency=EUR", body, "application/json");
    }

    public static FetchedPage Text(string path, string body, string contentType = "text/html; charset=utf-8") =>
        new()
        {
            Url = Url(path),
            FinalUrl = Url(path),
            FetchedUtc = FetchedUtc,
            StatusCode = 200,
            ContentType = contentType,
            Body = Encoding.UTF8.GetBytes(body),
            Elapsed = TimeSpan.FromMilliseconds(12),
        };

    public static FetchedPage Failed(string path, string reason, int statusCode = 0) =>
        new()
        {
            Url = Url(path),
            FinalUrl = Url(path),
            FetchedUtc = FetchedUtc,
            StatusCode = statusCode,
            FailureReason = reason,
        };

    public static IEnumerable<CrawlTarget> Targets(params IEnumerable<FetchedPage> pages) =>
        pages.Select(page => new CrawlTarget(page.Url));

    private static FetchedPage Html(string path, object product)
    {
        var json = JsonSerializer.Serialize(product).Replace("\"type\":", "\"@type\":", StringComparison.Ordinal);
        return Text(
            path,
            $$"""
            <!doctype html><html lang="en"><head><title>Kettle {{path}}</title>
            <script type="application/ld+json">{"@context":"https://schema.org",{{json[1..]}}</script>
            </head><body><h1>Kettle {{path}}</h1></body></html>
            """
        );
    }
}
