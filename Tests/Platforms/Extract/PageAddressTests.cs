using Marketline.Core.Naming;
using Marketline.Platforms.Extract;

namespace Marketline.Tests.Platforms.Extract;

public sealed class PageAddressTests
{
    private const string Shop = "https://shop.example";

    [TestCase("/p/kettle-5?ref=outlet", "/p/kettle-5", "/p/kettle-5")]
    [TestCase("/sale/kettle-5", "/kettle-5", "/kettle-5")]
    [TestCase("/p/kettle-5?ref=outlet", "https://shop.example/p/kettle-5?utm_source=own", "/p/kettle-5")]
    [TestCase("/p?id=5&sort=price", "/p?id=5", "/p?id=5")]
    public void Of_PageNamesItsAddress_ItCounts(string own, string declared, string expected) =>
        Assert.That(Read(own, declared), Is.EqualTo(Shop + expected));

    [TestCase("/p/kettle-5", "/", Description = "Every page of a shop names its home page.")]
    [TestCase("/p/kettle-5", "/p", Description = "Every page names its category.")]
    [TestCase("/p?id=5", "/p", Description = "The number of the product is left out.")]
    [TestCase("/p/kettle?variant=80123", "/p/kettle", Description = "A variant has a price of its own.")]
    [TestCase("/p/kettle-5", "https://other.example/p/kettle-5")]
    [TestCase("/p/kettle-5", "/p/kettle-5?id=7")]
    [TestCase("/p/kettle-5", "http://[broken")]
    [TestCase("/p/kettle-5", "javascript:void(0)")]
    [TestCase("/", "/")]
    public void Of_DeclaredAddressCouldMergeProducts_OwnOneCounts(string own, string declared) =>
        Assert.That(Read(own, declared), Is.EqualTo(Shop + own));

    [Test]
    public void Offer_PageNamesAnotherAddress_IsKeyedByThatAndShowsItsOwn()
    {
        var page = Pages.Html(
            """
            <html><head><link rel="canonical" href="/p/kettle-5"><script type="application/ld+json">
            {"@type": "Product", "name": "Kettle", "offers": {"price": "12.50", "priceCurrency": "EUR"}}
            </script></head><body><h1>Kettle</h1></body></html>
            """,
            url: Shop + "/p/kettle-5?ref=outlet"
        );

        var offer = Pages.Offer(page);

        Assert.That((offer.Url, offer.ObjectKey), Is.EqualTo((Shop + "/p/kettle-5?ref=outlet", ObjectKey.FromUrl(Shop + "/p/kettle-5"))));
    }

    private static string Read(string own, string declared)
    {
        var html = $"""<html><head><link rel="canonical" href="{declared}"></head><body><h1>Kettle</h1></body></html>""";
        var page = Pages.Html(html, url: Shop + own);
        var scan = HtmlPage.Scan(page, out _);

        return PageAddress.Of(page, scan!);
    }
}
