using System.Text;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Extract;
using Marketline.Platforms.WooCommerce;
using Marketline.Tests.Platforms.Contract;

namespace Marketline.Tests.Platforms.WooCommerce;

internal sealed class WooCommerceReadersTests
{
    private const string Listing = "https://shop.example/wp-json/wc/store/v1/products?order=asc&orderby=id&page=1&per_page=100";

    [TestCase("1105", 2, "11.05")]
    [TestCase("1980", 0, "1980")]
    [TestCase("12750", 3, "12.750")]
    [TestCase("5", 2, "0.05")]
    [TestCase("-9223372036854775808", 2, "-92233720368547758.08")]
    [TestCase("99999999999999999999", 2, "99999999999999999999")]
    [TestCase("ask us", 2, "ask us")]
    [TestCase("1105", 99, "1105")]
    public void Read_MinorUnits_ArePutBehindThePoint(string minor, int unit, string expected)
    {
        var offer = Single($$"""{"id":1,"prices":{"price":"{{minor}}","currency_minor_unit":{{unit}}},"is_purchasable":true}""");

        Assert.That(offer.Text(FieldNames.Price), Is.EqualTo(expected));
    }

    [Test]
    public void Read_ZeroOfWhatCanNotBeBought_IsNoPrice()
    {
        var offer = Single("""{"id":1,"name":"Album","prices":{"price":"0","currency_code":"EUR","currency_minor_unit":2},"is_purchasable":false}""");

        Assert.That(offer.Fields.Keys, Is.EqualTo(new[] { FieldNames.Name }));
    }

    [TestCase("true", "false", "InStock")]
    [TestCase("false", "false", "OutOfStock")]
    [TestCase("true", "true", "BackOrder")]
    [TestCase("\"yes\"", "null", null)]
    public void Read_Stock_BecomesAvailability(string isInStock, string isOnBackorder, string? expected)
    {
        var offer = Single($$"""{"id":1,"name":"Mug","is_in_stock":{{isInStock}},"is_on_backorder":{{isOnBackorder}}}""");

        Assert.That(offer.Text(FieldNames.Availability), Is.EqualTo(expected));
    }

    [Test]
    public void Read_TwoSitesOfOneHost_CountTheirIdsByThemselves()
    {
        const string Body = """[{"id":1,"name":"Mug"}]""";

        var one = WooCommerceProductReader.Read(Page(Listing, Body)).Objects[0];
        var other = WooCommerceProductReader.Read(Page(Listing.Replace("/wp-json", "/fr/wp-json", StringComparison.Ordinal), Body)).Objects[0];

        Assert.That(other.ObjectKey, Is.Not.EqualTo(one.ObjectKey));
        Assert.That(other.Url, Is.EqualTo("https://shop.example/fr/?p=1"));
    }

    [TestCase("""{"code":"rest_forbidden","message":"No.","data":{"status":401}}""", WooCommerceProductReader.ApiError)]
    [TestCase("{}", JsonPage.NotJson)]
    [TestCase("<html></html>", JsonPage.NotJson)]
    [TestCase("", JsonPage.EmptyBody)]
    public void Read_NoList_IsDefective(string body, string expected) =>
        Assert.That(WooCommerceProductReader.Read(Page(Listing, body)).DefectReason, Is.EqualTo(expected));

    [Test]
    public void Read_TenThousandEntries_GivesThemAll()
    {
        var body = $"[{string.Join(',', Enumerable.Range(1, 10_000).Select(id => $$"""{"id":{{id}},"name":"Mug {{id}}"}"""))}]";

        var result = WooCommerceProductReader.Read(Page(Listing, body));

        Assert.That(result.Objects, Has.Count.EqualTo(10_000));
    }

    [Test]
    public void Read_ReviewWithoutStars_HasNoRating()
    {
        var page = Page(Listing.Replace("products?", "products/reviews?", StringComparison.Ordinal), """[{"id":1,"review":"<p>Fine &amp; good</p>","rating":0,"reviewer":"A. Person"}]""");

        var review = WooCommerceReviewReader.Read(page).Objects.Single();
        var clean = (Review)PageOutcome.Clean(WooCommerceConnector.PlatformName, CrawlKind.Reviews, review).Record!;

        Assert.That((clean.Rating, clean.Body), Is.EqualTo(((decimal?)null, "Fine & good")));
    }

    [TestCase("[]", 0, "")]
    [TestCase("""[{"variations":[],"id":1},{"id":2,"variations":[{"id":9}]},5,[1],{"variations":[1],"id":3}]""", 5, "2,3")]
    [TestCase("""[{"id":1,"variations":[{}]}""", 0, "")]
    [TestCase("""{"id":1}""", 0, "")]
    [TestCase("""[{"id":"1","variations":[{}]}]""", 1, "")]
    public void Of_Body_CountsItsEntriesAndFindsVariableOnes(string body, int count, string variable)
    {
        var scan = WooCommercePageScan.Of(Encoding.UTF8.GetBytes(body));

        Assert.That((scan.ItemCount, string.Join(',', scan.VariableProducts)), Is.EqualTo((count, variable)));
    }

    [Test]
    public void NextPage_BehindTheLastThatIsAskedFor_IsNone()
    {
        var listing = WooCommerceListing.TryParse(Listing.Replace("page=1&", "page=2000&", StringComparison.Ordinal))!;

        Assert.That((listing.NextPage(), (listing with { Page = 7 }).NextPage()!.Url), Is.EqualTo(((CrawlTarget?)null, Listing.Replace("page=1&", "page=8&", StringComparison.Ordinal))));
    }

    private static ExtractedObject Single(string product) => WooCommerceProductReader.Read(Page(Listing, $"[{product}]")).Objects.Single();

    private static FetchedPage Page(string url, string body) =>
        new() { Url = url, FinalUrl = url, FetchedUtc = DateTimeOffset.UnixEpoch, StatusCode = 200, ContentType = "application/json; charset=UTF-8", Body = Encoding.UTF8.GetBytes(body) };
}
