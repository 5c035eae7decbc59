using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Marketline.Platforms.Extract.Tree;

namespace Marketline.Tests.Platforms.Extract.Tree;

/// <summary>The tree is the one that the parser builds for itself, but for what extraction does not read.</summary>
public sealed class PageTreeTests
{
    private const int SoupLength = 60;

    private static readonly string[] Soup =
    [
        "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<tbody>", "<caption>", "<b>", "</b>", "<a href=x>", "</a>", "<i>", "</i>", "<p>", "</p>", "<div class=c>", "</div>",
        "<span id=s>", "</span>", "<ul>", "<li>", "</ul>", "<form>", "</form>", "<input type=hidden>", "<select>", "<option>", "</select>", "<h1>", "</h1>", "<x-shop>", "</x-shop>", "<br>", "</br>",
        "<svg><path/>", "</svg>", "<math><mi>", "</math>", "<script>a<b</script>", "<style>p{}</style>", "<title>t</title>", "<meta charset=x>", "<link rel=x>", "<noscript>", "</noscript>",
        "<button>", "</button>", "<nobr>", "</nobr>", "<font>", "</font>", "<dl><dt>", "<dd>", "<!-- c -->", "<![CDATA[x]]>", "</body>", "<body lang=de>", "<html lang=fr>", "<head>", "&amp;", "&nope;", " ", "one", "two", "3",
    ];

    [TestCase("<!doctype html><html lang=de><head><title>A &amp; b</title></head><body class=\"x y\"><p>one<p>two</body></html>")]
    [TestCase("<table><div>before</div><tr><td>cell</table>after")]
    [TestCase("<table><tr><td><table><tr><td>in</table><tr><form>x<input><td>y")]
    [TestCase("<b>one<p>two</b>three</p>four")]
    [TestCase("<body><x-shop><link rel=a><div>in</div></x-shop>")]
    [TestCase("<svg><title>t</title><foreignObject><div>d</div></foreignObject></svg><p>p")]
    [TestCase("<ul><li>1<li>2<ul><li>3</ul></ul>")]
    [TestCase("<select><option>1<option>2</select>x")]
    [TestCase("<p>a<!-- c -->b")]
    [TestCase("<frameset><frame></frameset>")]
    [TestCase("</table></html></p>")]
    [TestCase("")]
    public void Parse_Page_IsTheParsersOwnTree(string html) => Assert.That(Ours(html), Is.EqualTo(Theirs(html)));

    [Test]
    public void Parse_AnyTags_IsTheParsersOwnTree([Range(1, 400)] int seed)
    {
        var random = new Random(seed);
        var html = string.Concat(Enumerable.Range(0, SoupLength).Select(_ => Soup[random.Next(Soup.Length)]));

        Assert.That(Ours(html), Is.EqualTo(Theirs(html)), html);
    }

    private static string Theirs(string html)
    {
        using var document = new HtmlParser(PageTree.Options).ParseDocument(html);
        var shown = new StringBuilder();
        Show(document.DocumentElement);
        return shown.ToString();

        void Show(IElement element)
        {
            shown.Append('<').Append(element.LocalName).Append(element.GetAttribute("class")).Append(element.GetAttribute("id")).Append('>');
            foreach (var node in element.ChildNodes)
            {
                if (node is IElement child)
                {
                    Show(child);
                }
                else if (node is IText text && element.LocalName is not ("script" or "style"))
                {
                    shown.Append(Collapsed(text.Data));
                }
            }

            shown.Append('/');
        }
    }

    private static string Ours(string html)
    {
        using var document = PageTree.Parse(html.AsMemory());
        var shown = new StringBuilder();
        Show(document.Root!);
        return shown.ToString();

        void Show(PageElement element)
        {
            shown.Append('<').Append(element.LocalName).Append(element.ClassName).Append(element.Id).Append('>');
            foreach (var node in element.Children)
            {
                if (node is PageElement child)
                {
                    Show(child);
                }
                else if (node is TextNode text && element.LocalName is not ("script" or "style"))
                {
                    shown.Append(Collapsed(text.Data));
                }
            }

            shown.Append('/');
        }
    }

    private static string Collapsed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
