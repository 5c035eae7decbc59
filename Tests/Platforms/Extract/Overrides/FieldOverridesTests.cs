using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Extract;
using Marketline.Platforms.Extract.Overrides;

namespace Marketline.Tests.Platforms.Extract.Overrides;

/// <summary>What a tenant says of a site's pages wins over what extraction finds by itself.</summary>
public sealed class FieldOverridesTests
{
    private static readonly FetchedPage Page = Pages.Product(
        """<p class="price">$9.00</p><div id="club"><b data-amount="7.50">Club price $7.50</b></div><input id="code" value="IN-1"><button>Add to cart</button>""",
        """<meta name="article" content="ART-5"><script type="application/ld+json">{"@type":"Product","name":"Blue Pen","sku":"JSON-1","offers":[{"@type":"Offer","price":9,"seller":{"name":"A"}},{"@type":"Offer","price":8,"seller":{"name":"B"}}]}</script><script>window.state = {"deep": {"club": {"price": 6.5, "ok": true}}};</script>"""
    );

    [TestCase(SelectorKind.Css, "#club b", "Club price $7.50")]
    [TestCase(SelectorKind.Css, "#club > b::attr(data-amount)", "7.50")]
    [TestCase(SelectorKind.Css, "meta[name=article]", "ART-5")]
    [TestCase(SelectorKind.Css, "input#code", "IN-1")]
    [TestCase(SelectorKind.Css, ".nothing, #club b", "Club price $7.50")]
    [TestCase(SelectorKind.JsonPath, "$.sku", "JSON-1")]
    [TestCase(SelectorKind.JsonPath, "$.offers[0].price", "9")]
    [TestCase(SelectorKind.JsonPath, "$.offers[-1].price", "8")]
    [TestCase(SelectorKind.JsonPath, "$['offers'][*].seller['name']", "A")]
    [TestCase(SelectorKind.JsonPath, "$.offers[?(@.seller.name == 'B')].price", "8")]
    [TestCase(SelectorKind.JsonPath, "$.offers[?@.price != 9].price", "8")]
    [TestCase(SelectorKind.JsonPath, "$..club.price", "6.5")]
    [TestCase(SelectorKind.JsonPath, "$.deep.*.ok", "true")]
    [TestCase(SelectorKind.Regex, "Club price \\$([0-9.]+)", "7.50")]
    [TestCase(SelectorKind.Regex, "data-amount=\"(?<value>[^\"]+)", "7.50")]
    [TestCase(SelectorKind.Regex, "JSON-[0-9]+", "JSON-1")]
    public void Find_Expression_GivesTheText(SelectorKind how, string expression, string expected)
    {
        var overrides = FieldOverrides.Of([Override(FieldNames.Price, how, expression)]);

        var found = overrides.Find(Page);

        Assert.That(found.Single().Text, Is.EqualTo(expected));
    }

    [TestCase(SelectorKind.Css, ".nothing")]
    [TestCase(SelectorKind.Css, "#club::attr(href)")]
    [TestCase(SelectorKind.JsonPath, "$.offers")]
    [TestCase(SelectorKind.JsonPath, "$.offers[7].price")]
    [TestCase(SelectorKind.Regex, "nothing")]
    public void Apply_NothingFound_LeavesTheObjectAsItIs(SelectorKind how, string expression)
    {
        var plain = ProductPageReader.Read(Page);

        var applied = FieldOverrides.Of([Override(FieldNames.Price, how, expression)]).Apply(Page, plain);

        Assert.That(applied.Objects.Single().Fields, Is.EqualTo(plain.Objects.Single().Fields));
    }

    [Test]
    public void Apply_Found_IsEvidenceBeyondDoubt()
    {
        var overrides = FieldOverrides.Of([Override(FieldNames.Price, SelectorKind.Css, ".gone"), Override(FieldNames.Price, SelectorKind.Css, "#club b"), Override(FieldNames.Price, SelectorKind.Css, ".price")]);

        var fields = overrides.Apply(Page, ProductPageReader.Read(Page)).Objects.Single().Fields;

        Assert.That(fields[FieldNames.Price], Is.EqualTo(new RawField("Club price $7.50", ExtractionSource.Override, "css #club b", 1)));
        Assert.That(fields[FieldNames.Sku].Text, Is.EqualTo("JSON-1"));
    }

    [Test]
    public void Apply_PageThatIsNoProducts_IsOneWhereThePriceIsFound()
    {
        var page = Pages.Product("<p>Read on.</p><em>5 EUR</em>");
        var skipped = ProductPageReader.Read(page);
        Assume.That(skipped.SkipReason, Is.EqualTo(ProductPageReader.NotAProduct));

        var applied = FieldOverrides.Of([Override(FieldNames.Price, SelectorKind.Css, "em")]).Apply(page, skipped);

        Assert.That((applied.SkipReason, applied.Objects.Single().Text(FieldNames.Price)), Is.EqualTo(((string?)null, "5 EUR")));
    }

    [Test]
    public void Apply_Variants_OnlyWhatTheyShareIsTheirs()
    {
        var page = Pages.JsonLd("""{"@type":"ProductGroup","name":"Blue Pen","hasVariant":[{"name":"S","sku":"1","offers":{"price":1}},{"name":"L","sku":"2","offers":{"price":2}}]}""", "<i>Maker</i><u>99</u>");
        var overrides = FieldOverrides.Of([Override(FieldNames.Brand, SelectorKind.Css, "i"), Override(FieldNames.Sku, SelectorKind.Css, "u")]);

        var objects = overrides.Apply(page, ProductPageReader.Read(page)).Objects;

        Assert.That(objects.Select(item => item.Text(FieldNames.Brand)), Is.EqualTo(new[] { "Maker", "Maker", "Maker" }));
        Assert.That(objects.Select(item => item.Text(FieldNames.Sku)), Is.EqualTo(new[] { "99", "1", "2" }));
    }

    [Test]
    public void Find_JsonBody_IsThePathsDocument()
    {
        var page = Pages.Html("""{"product": {"price": "12.00"}}""", "application/json");

        var found = FieldOverrides.Of([Override(FieldNames.Price, SelectorKind.JsonPath, "$.product.price"), Override(FieldNames.Name, SelectorKind.Css, "h1")]).Find(page);

        Assert.That(found.Select(match => match.Text), Is.EqualTo(new[] { "12.00", null }));
    }

    [TestCase(SelectorKind.Css, "div[")]
    [TestCase(SelectorKind.Css, "")]
    [TestCase(SelectorKind.Css, "div:has(p)")]
    [TestCase(SelectorKind.Css, "a b c d e f g")]
    [TestCase(SelectorKind.JsonPath, "sku")]
    [TestCase(SelectorKind.JsonPath, "$.")]
    [TestCase(SelectorKind.JsonPath, "$[?@.a]")]
    [TestCase(SelectorKind.JsonPath, "$['a'")]
    [TestCase(SelectorKind.Regex, "(")]
    [TestCase(SelectorKind.Regex, "(?<=€)5")]
    [TestCase(SelectorKind.Regex, "(a)\\1")]
    public void Problem_BadExpression_SaysWhatIsWrong(SelectorKind how, string expression)
    {
        var problem = FieldOverrides.Problem(Override(FieldNames.Price, how, expression));

        Assert.That(problem, Is.Not.Null.And.Not.Empty);
    }

    [TestCase(SelectorKind.Regex, "(a|a)*b", "<html><body><h1>x</h1>")]
    [TestCase(SelectorKind.Regex, "(.*){1,20}z$", "<html><body><h1>x</h1>")]
    [TestCase(SelectorKind.Css, "nope div div div div b", "<html><body>")]
    [TestCase(SelectorKind.JsonPath, "$..a..b..c..d", "{\"x\":")]
    [CancelAfter(30_000)]
    public void Find_HostilePageAndExpression_Ends(SelectorKind how, string expression, string start)
    {
        var rest = how switch
        {
            SelectorKind.Regex => new string('a', 1_000_000),
            SelectorKind.Css => string.Concat(Enumerable.Repeat("<div>", 380)) + string.Concat(Enumerable.Repeat("<b>1</b>", 20_000)),
            _ => string.Concat(Enumerable.Repeat("{\"a\":[1,", 50)) + "1" + string.Concat(Enumerable.Repeat("]}", 50)) + "}",
        };

        var found = FieldOverrides.Of([Override(FieldNames.Price, how, expression)]).Find(Pages.Html(start + rest));

        Assert.That(found.Single().Text, Is.Null);
    }

    private static FieldOverride Override(string field, SelectorKind how, string expression) => new() { Field = field, How = how, Expression = expression };
}
