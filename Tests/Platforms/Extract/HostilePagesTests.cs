using System.Text;
using Marketline.Platforms.Extract;

namespace Marketline.Tests.Platforms.Extract;

/// <summary>Pages that want to break the reader: it ends, in bounded time, without throwing.</summary>
[CancelAfter(60_000)]
public sealed class HostilePagesTests
{
    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case("ten thousand levels of JSON-LD", Ld(string.Concat(Enumerable.Repeat("{\"offers\":", 10_000)) + "1" + new string('}', 10_000)));
        yield return Case("ten megabytes of JSON-LD", Ld("[" + string.Join(',', Enumerable.Repeat("{\"@type\":\"Product\",\"name\":\"Blue Pen\",\"offers\":{\"price\":\"1\"}}", 160_000)) + "]"));
        yield return Case("one string of ten megabytes", Ld("{\"@type\":\"Product\",\"name\":\"" + new string('x', 10_000_000) + "\"}"));
        yield return Case("a million opening brackets", Ld(new string('[', 1_000_000)));
        yield return Case("a hundred thousand nested elements", "<html><body>" + string.Concat(Enumerable.Repeat("<div>", 100_000)) + "$5.00");
        yield return Case("a hundred thousand nested items", "<html><body>" + string.Concat(Enumerable.Repeat("<div itemscope itemprop=offers itemtype=Product>", 100_000)));
        yield return Case("two hundred thousand prices", "<html><body><h1>Blue Pen</h1>" + string.Concat(Enumerable.Repeat("<p class=price>$5.00</p>", 200_000)));
        yield return Case("a megabyte of digits", "<html><body><h1>Blue Pen</h1><p>" + new string('9', 1_000_000) + "</p>");
        yield return Case("a class of a megabyte", $"<html><body><p class=\"{string.Concat(Enumerable.Repeat("price old ", 100_000))}\">$5.00</p>");
        yield return Case("a hundred thousand scripts", "<html>" + string.Concat(Enumerable.Repeat("<script>{\"price\":1}</script>", 100_000)));
        yield return Case("an offer that is its own product", Ld("{\"@type\":\"Offer\",\"itemOffered\":{\"@type\":\"Product\",\"name\":\"Blue Pen\",\"itemOffered\":{}}}"));
        yield return Case("a million links", "<html><body><h1>Blue Pen</h1>" + string.Concat(Enumerable.Repeat("<a href=/p/1>x</a>", 1_000_000)));
        yield return Case("a million open paragraphs", "<html><body><h1>Blue Pen</h1>" + string.Concat(Enumerable.Repeat("<p>$5", 1_000_000)));
        yield return Case("a graph in which all leads to all", Ld(Graph(2_000)));
        yield return Case("a product that offers itself", Ld("[{\"@id\":\"#p\",\"@type\":\"Product\",\"name\":\"Blue Pen\",\"makesOffer\":{\"@type\":\"Offer\",\"price\":1,\"itemOffered\":{\"@id\":\"#p\"}}},{\"@id\":\"#g\",\"@type\":\"ProductGroup\",\"hasVariant\":{\"@id\":\"#g\"},\"isVariantOf\":{\"@id\":\"#g\"}}]"));
        yield return Case("sixty thousand variants", Ld("[{\"@type\":\"ProductGroup\",\"@id\":\"#g\",\"name\":\"Blue Pen\"}," + string.Concat(Enumerable.Repeat("{\"@type\":\"Product\",\"isVariantOf\":{\"@id\":\"#g\"},\"offers\":{\"price\":1}},", 60_000)) + "{}]"));
        yield return Case("items that refer to all of the page", "<html><body><h1>Blue Pen</h1>" + string.Concat(Enumerable.Repeat("<div id=a itemscope itemref='a b c d e' itemtype=Product><span id=b itemprop=name>Blue Pen</span></div>", 50_000)));
        yield return Case("state in strings in strings", "<html><body><h1>Blue Pen</h1><script>x=\"" + string.Concat(Enumerable.Repeat("\\\\\\\"price\\\\\\\":", 200_000)) + "\"</script>");
        yield return Case("two hundred thousand attributes with state", "<html><body><h1>Blue Pen</h1>" + string.Concat(Enumerable.Repeat("<i data-x='{\"price\":1,\"name\":\"Blue Pen\"}'></i>", 200_000)));
        yield return Case("a flattened state that leads to itself", "<html><body><h1>Blue Pen</h1><script id=__NUXT_DATA__ type=application/json>[" + string.Concat(Enumerable.Repeat("{\"name\":0,\"price\":1,\"a\":2,\"b\":3,\"c\":4},", 40_000)) + "1]</script>");
        yield return Case("a function with a hundred thousand values", "<html><body><h1>Blue Pen</h1><script>window.__NUXT__=(function(a,b){return {" + string.Concat(Enumerable.Repeat("x:a,price:b,", 100_000)) + "}}(\"Blue Pen\",5))</script>");
        yield return Case("a broken language", "<html lang=\"-\"><body><h1>x</h1><p class=price>$5</p>");
        yield return Case("a broken canonical", "<html><link rel=canonical href=\"http://[::\"><body><h1>x</h1><p class=price>$5</p>");
    }

    [TestCaseSource(nameof(Cases))]
    public void Read_Hostile_EndsWithoutThrowing(string html)
    {
        var page = Pages.Html(html);

        Assert.DoesNotThrow(() => ProductPageReader.Read(page));
        Assert.DoesNotThrow(() => ReviewPageReader.Read(page));
    }

    [Test]
    public void Read_RandomDamage_NeverThrows()
    {
        var random = new Random(7);
        var whole = Encoding.UTF8.GetBytes(
            """
            <html lang="de"><head><title>Blue Pen</title><script type="application/ld+json">{"@type":"Product","name":"Blue Pen","offers":{"price":"1.234,56","priceCurrency":"EUR"}}</script></head>
            <body><h1 itemprop="name">Blue Pen</h1><div itemscope itemtype="https://schema.org/Product"><span itemprop="price">1.234,56 €</span></div><p>Art.-Nr.: 10-24</p></body></html>
            """
        );

        for (var round = 0; round < 500; round++)
        {
            var damaged = whole[..random.Next(whole.Length)].ToArray();
            for (var i = 0; i < damaged.Length / 20; i++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            Assert.DoesNotThrow(() => ProductPageReader.Read(Pages.Bytes(damaged)));
        }
    }

    private static string Graph(int size)
    {
        string Reference(int item) => $"{{\"@id\":\"#{item % size}\"}}";
        var items = Enumerable.Range(0, size).Select(item => $"{{\"@id\":\"#{item}\",\"@type\":\"Product\",\"name\":\"Blue Pen\",\"isRelatedTo\":[{string.Join(',', Enumerable.Range(item, 20).Select(Reference))}],\"offers\":[{Reference(item + 1)},{Reference(item + 3)}],\"hasVariant\":[{Reference(item + 5)}]}}");
        return $"{{\"@graph\":[{string.Join(',', items)}]}}";
    }

    private static string Ld(string json) => $"<html><head><title>Blue Pen</title><script type=\"application/ld+json\">{json}</script></head><body><h1>Blue Pen</h1></body></html>";

    private static TestCaseData Case(string name, string html) => new TestCaseData(html).SetArgDisplayNames(name);
}
