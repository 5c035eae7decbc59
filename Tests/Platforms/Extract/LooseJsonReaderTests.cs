using Marketline.Core.Extract;
using Marketline.Platforms.Extract;

namespace Marketline.Tests.Platforms.Extract;

public sealed class LooseJsonReaderTests
{
    [TestCase("""{"name": "Pen", "price": 5}""")]
    [TestCase("""{"name": "Pen", "price": 5,}""")]
    [TestCase("""{name: 'Pen', price: 5}""")]
    [TestCase("""<!-- {"name": "Pen", "price": 5} -->""")]
    [TestCase("""//<![CDATA[ {"name": "Pen", "price": 5} //]]>""")]
    [TestCase("""/* data */ {"name": "Pen", /* cheap */ "price": 5}""")]
    [TestCase("""window.state = {"name": "Pen", "price": 5};""")]
    [TestCase("""{"name": "Pen" "price": 5}""")]
    [TestCase("""{"name": "Pen""price": 5}""")]
    [TestCase("""{"sku": "", "name": "Pen", "price": 5, "mpn": ""}""")]
    [TestCase("""[{"name": "Pen", "price": 5}]""")]
    [TestCase("""{"name": "Pen", "price": 5""")]
    [TestCase("{\"name\": \"Pen\", \u0001 \"price\": 5}")]
    public void Read_SloppyJson_GivesTheMembers(string json)
    {
        var item = LooseJsonReader.Read(json, ExtractionSource.JsonLd, "root")[0];

        Assert.That((item.First("name")?.Text, item.First("price")?.Text), Is.EqualTo(("Pen", "5")));
    }

    [TestCase("{\"name\": \"Two\nlines\"}", "Two\nlines")]
    [TestCase("""{"name": "19" screen", "price": 5}""", "19\" screen")]
    [TestCase("""{"name": "a \"quoted\" word"}""", "a \"quoted\" word")]
    [TestCase("""{"name": "Monitor 24"", "price": 5}""", "Monitor 24\"")]
    [TestCase("""{"name": "a "quoted""}""", "a \"quoted\"")]
    [TestCase("""{"name": "caf\u00e9 \/ bar"}""", "café / bar")]
    [TestCase("""{"name": "cut o""", "cut o")]
    public void Read_Strings_AreReadAsMeant(string json, string expected)
    {
        var item = LooseJsonReader.Read(json, ExtractionSource.JsonLd, "root")[0];

        Assert.That(item.First("name")?.Text, Is.EqualTo(expected));
    }

    [Test]
    public void Read_NestedOffers_TellsWhereEachStood()
    {
        var item = LooseJsonReader.Read("""{"@type": "Product", "offers": [{"price": "1"}, {"price": "2"}]}""", ExtractionSource.JsonLd, "jsonld[0]")[0];

        var prices = item["offers"].Select(offer => offer.Item!.First("price")!);

        Assert.That(item.Is("product"));
        Assert.That(prices.Select(price => (price.Text, price.Location)), Is.EqualTo(new[] { ("1", "jsonld[0].offers[0].price"), ("2", "jsonld[0].offers[1].price") }));
    }

    [Test]
    [CancelAfter(30_000)]
    public void Read_TenThousandDeep_EndsAndKeepsWhatFollows()
    {
        var json = $$"""{"deep": {{new string('[', 10_000)}}{{new string(']', 10_000)}}, "name": "Pen"}""";

        var item = LooseJsonReader.Read(json, ExtractionSource.JsonLd, "root")[0];

        Assert.That(item.First("name")?.Text, Is.EqualTo("Pen"));
    }

    [TestCase("{")]
    [TestCase("[[[[")]
    [TestCase("}}}]]]")]
    [TestCase("{\"a\":")]
    [TestCase("{\"a\":\"\\")]
    [TestCase("{\"a\":\"\\u12")]
    [TestCase("{:::,,,}")]
    [TestCase("/*")]
    [TestCase("//")]
    public void Read_Rubbish_NeverThrows(string json)
    {
        Assert.DoesNotThrow(() => LooseJsonReader.Read(json, ExtractionSource.JsonLd, "root"));
    }
}
