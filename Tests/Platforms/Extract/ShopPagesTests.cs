using System.Globalization;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Extract;

namespace Marketline.Tests.Platforms.Extract;

/// <summary>
/// Pages written after the templates of common shop software, and the traps that shops set: what a person reads there, read after
/// cleaning. Each page says at its top what is expected of it.
/// </summary>
public sealed class ShopPagesTests
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "Tests", "Fixtures", "Shops");

    private static IEnumerable<TestCaseData> Files() =>
        Directory.EnumerateFiles(Folder, "*.html").Order(StringComparer.Ordinal).Select(path => new TestCaseData(path).SetArgDisplayNames(Path.GetFileNameWithoutExtension(path)));

    [TestCaseSource(nameof(Files))]
    public void Read_ShopPage_IsReadAsAPersonDoes(string path)
    {
        var html = File.ReadAllText(path);
        var expected = Expectations(html);

        var result = ProductPageReader.Read(Pages.Html(html[html.IndexOf("-->", StringComparison.Ordinal)..], url: expected["url"]));

        Assert.That(result.Objects, Is.Not.Empty, result.SkipReason);
        var main = OfferCleaner.Clean(result.Objects[0], new CleanContext("generic-shop", new Uri(expected["url"]).Authority, CrawlKind.Products, DateTimeOffset.UnixEpoch)).Record;
        Assert.That(main, Is.Not.Null);
        Assert.That(expected.Keys.Where(key => key != "url").ToDictionary(key => key, key => Found(key, main!, result)), Is.EquivalentTo(expected.Where(pair => pair.Key != "url")));
    }

    private static Dictionary<string, string> Expectations(string html) =>
        html[4..html.IndexOf("-->", StringComparison.Ordinal)]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[0] is "price" or "list" or "shipping" && pair[1] != "none" ? Text(decimal.Parse(pair[1], CultureInfo.InvariantCulture)) : pair[1]);

    private static string Found(string key, Offer main, ExtractionResult result) =>
        key switch
        {
            "price" => Text(main.Price),
            "list" => Text(main.ListPrice),
            "shipping" => Text(main.ShippingPrice),
            "currency" => main.CurrencyCode,
            "availability" => main.Availability?.ToString(),
            "condition" => main.Condition?.ToString(),
            "sku" => main.Sku,
            "mpn" => main.Mpn,
            "gtin" => main.Gtin,
            "brand" => main.Brand,
            "seller" => main.Seller,
            "category" => main.Category,
            "images" => main.ImageUrls?.Split(' ').Length.ToString(CultureInfo.InvariantCulture),
            "variants" => (result.Objects.Count - 1).ToString(CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"Nobody knows the expectation '{key}'."),
        } ?? "none";

    private static string Text(decimal? amount) => amount?.ToString("0.00##", CultureInfo.InvariantCulture) ?? "none";
}
