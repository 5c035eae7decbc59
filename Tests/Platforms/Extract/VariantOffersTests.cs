using Marketline.Core.Extract;
using Marketline.Platforms.Extract;

namespace Marketline.Tests.Platforms.Extract;

/// <summary>A page of a product in variants: its main offer first, then one for each variant, with keys that stay.</summary>
public sealed class VariantOffersTests
{
    private const string Small = """{"@type":"Product","name":"Blue Pen","size":"S","sku":"P-S","offers":{"price":"1.00","priceCurrency":"EUR","availability":"InStock","url":"/p/blue-pen-100234.html?size=s"}}""";
    private const string Large = """{"@type":"Product","name":"Blue Pen","size":"L","sku":"P-L","gtin13":"4006381333931","offers":{"price":"2.50","priceCurrency":"EUR","availability":"OutOfStock"}}""";

    [Test]
    public void Read_ProductGroup_GivesTheProductAndItsVariants()
    {
        var objects = Read(Group(Small, Large));

        Assert.That(objects.Select(item => item.Position), Is.EqualTo(new[] { "page", "page.variants[0]", "page.variants[1]" }));
        Assert.That(objects.Skip(1).Select(item => (item.Text(FieldNames.Name), item.Text(FieldNames.Sku), item.Text(FieldNames.Price), item.Text(FieldNames.Availability), item.Text(FieldNames.Gtin), item.Text(FieldNames.Brand))), Is.EqualTo(
            new[] { ("Blue Pen - S", "P-S", "1.00", "InStock", (string?)null, "Inky"), ("Blue Pen - L", "P-L", "2.50", "OutOfStock", "4006381333931", "Inky") }));
        Assert.That(objects.Select(item => item.Url), Is.EqualTo(new[] { Pages.Url, $"{Pages.Url}?size=s", Pages.Url }));
    }

    [Test]
    public void Read_OtherOrder_KeysStayAndTheFirstIsThePages()
    {
        var one = Read(Group(Small, Large));
        var other = Read(Group(Large, Small));
        var single = Read("""{"@type":"Product","name":"Blue Pen","offers":{"price":"1.00"}}""");

        Assert.That(other.Skip(1).Select(item => item.ObjectKey), Is.EqualTo(one.Skip(1).Reverse().Select(item => item.ObjectKey)));
        Assert.That(one.Select(item => item.ObjectKey), Is.Unique);
        Assert.That((one[0].ObjectKey, other[0].ObjectKey), Is.EqualTo((single[0].ObjectKey, single[0].ObjectKey)));
    }

    [TestCase("""{"@type":"Product","name":"Blue Pen","offers":[{"sku":"1","price":1},{"sku":"2","price":2}]}""", 2, TestName = "Offers with numbers of their own")]
    [TestCase("""{"@type":"Product","name":"Blue Pen","offers":{"@type":"AggregateOffer","lowPrice":1,"offers":[{"sku":"1","price":1},{"sku":"2","price":2}]}}""", 2, TestName = "Offers in an aggregate")]
    [TestCase("""{"@type":"Product","name":"Blue Pen","sku":"1","offers":[{"price":1,"seller":{"name":"A"}},{"price":2,"seller":{"name":"B"}}]}""", 0, TestName = "Offers of several sellers")]
    [TestCase("""{"@type":"ProductGroup","name":"Blue Pen","hasVariant":[{"name":"S","sku":"1","offers":{"price":1}}]}""", 0, TestName = "One variant is no choice")]
    [TestCase("""{"@type":"ProductGroup","name":"Blue Pen","hasVariant":[{"name":"S","sku":"1","offers":{"price":1}},{"name":"S","sku":"1","offers":{"price":1}},{"name":"L","sku":"2","offers":{"price":2}}]}""", 2, TestName = "A variant listed twice")]
    [TestCase("""{"@type":"ProductGroup","name":"Blue Pen","offers":{"price":5},"hasVariant":[{"name":"S","sku":"1"},{"name":"L","sku":"2"}]}""", 0, TestName = "Variants without offers")]
    public void Read_Markup_GivesSoManyVariants(string json, int count)
    {
        var objects = Read(json);

        Assert.That(objects, Has.Count.EqualTo(count + 1));
    }

    private static string Group(params string[] variants) => $$"""{"@type":"ProductGroup","name":"Blue Pen","brand":"Inky","productGroupID":"P","hasVariant":[{{string.Join(',', variants)}}]}""";

    private static IReadOnlyList<ExtractedObject> Read(string json) => ProductPageReader.Read(Pages.JsonLd(json)).Objects;
}
