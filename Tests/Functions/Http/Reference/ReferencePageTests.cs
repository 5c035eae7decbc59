using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Marketline.Functions.Http.Examples;
using Marketline.Functions.Http.OpenApi;
using Marketline.Functions.Http.Operations;
using Marketline.Functions.Http.Reference;

namespace Marketline.Tests.Functions.Http.Reference;

[Parallelizable(ParallelScope.All)]
public sealed class ReferencePageTests
{
    private static readonly ApiCatalog Catalog = new();
    private static readonly ApiExamples Examples = new();
    private static readonly string Page = ReferencePage.Write(new ApiDocument(Catalog, Examples).Json, Catalog, Examples);

    [Test]
    public void Page_EveryOperation_IsThereWithItsExamples()
    {
        var missing = Catalog.Documented.Where(operation => !Page.Contains($"<article class=\"op\" id=\"{operation.Id}\"", StringComparison.Ordinal));
        var examples = Regex.Count(Page, "<details class=\"example\"");

        Assert.That(missing.Select(operation => operation.Id), Is.Empty);
        Assert.That(examples, Is.EqualTo(Catalog.Documented.Sum(operation => Examples.Of(operation.Id).Count)).And.Positive);
    }

    [Test]
    public void Page_EveryLinkOnIt_HasATarget()
    {
        var ids = Regex.Matches(Page, " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value).ToList();

        var targets = Regex.Matches(Page, " href=\"#([^\"]+)\"").Select(match => match.Groups[1].Value).Distinct();

        Assert.That(targets.Except(ids), Is.Empty);
        Assert.That(ids, Is.Unique);
    }

    [Test]
    public void Page_NothingOnIt_IsFetchedFromElsewhere()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Page, Does.Not.Contain(" src=").And.Not.Contain("@import").And.Not.Contain("url("));
            Assert.That(Regex.Matches(Page, "<link [^>]*>").Select(match => match.Value), Is.EqualTo(new[] { "<link rel=\"icon\" href=\"data:,\">" }));
            Assert.That(Regex.IsMatch(Page, " (style|on[a-z]+)=\""), Is.False, "the policy forbids them");
        });
    }

    [TestCase("style")]
    [TestCase("script")]
    public void Policy_OfThePage_AllowsItsOwnStyleAndScript(string tag)
    {
        var text = Regex.Match(Page, $"<{tag}>(.*?)</{tag}>", RegexOptions.Singleline).Groups[1].Value;

        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

        Assert.That(ReferenceAssets.ContentSecurityPolicy, Does.Contain($"{tag}-src 'sha256-{hash}'").And.StartWith("default-src 'none'"));
    }

    [Test]
    public void Assets_OfThePage_AreSmall() =>
        Assert.That(ReferenceAssets.Style.Length + ReferenceAssets.Script.Length, Is.LessThan(40_000));

    [TestCase("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [TestCase("\" onclick=\"x", "&quot; onclick=&quot;x")]
    [TestCase("a & b … ü", "a &amp; b … ü")]
    public void Html_TextInIt_IsEncoded(string text, string expected) => Assert.That(Html.Of($"<b>{text}</b>").ToString(), Is.EqualTo($"<b>{expected}</b>"));

    [TestCase("see [it](javascript:alert) now", "<p>see [it](javascript:alert) now</p>")]
    [TestCase("see [it](#problems)", "<p>see <a href=\"#problems\">it</a></p>")]
    [TestCase("`<b>` is **bold**", "<p><code>&lt;b&gt;</code> is <strong>bold</strong></p>")]
    [TestCase("one\ntwo\n\nthree", "<p>one two</p><p>three</p>")]
    [TestCase("- a\n  b\n- c", "<ul><li>a b</li><li>c</li></ul>")]
    [TestCase("## Keys & roles", "<h3 id=\"keys-roles\">Keys &amp; roles</h3>")]
    [TestCase("```sh\nif a < b\n```", "<pre tabindex=\"0\"><code>if a &lt; b</code></pre>")]
    [TestCase("| a | b |\n| --- | --- |\n| 1 | `2` |", "<div class=\"wide\"><table><thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead><tbody><tr><td>1</td><td><code>2</code></td></tr></tbody></table></div>")]
    [TestCase(null, "")]
    public void Markdown_LittleText_IsHtml(string? text, string expected) => Assert.That(Markdown.ToHtml(text).ToString(), Is.EqualTo(expected));

    [Test]
    public void Curl_BodyWithAQuote_IsOneWordOfTheShell()
    {
        var operation = Catalog.Documented.Single(found => found.Id == "CreateKey");
        var example = Examples.Of("CreateKey")[0] with { Body = "it's", As = null, Headers = new Dictionary<string, string>() };

        var line = CurlLine.Of(operation, example);

        Assert.That(line.Replace(" \\\n  ", " ", StringComparison.Ordinal), Is.EqualTo("""curl -X POST -H "X-Api-Key: $key" -H 'Content-Type: application/json' -d 'it'\''s' 'http://localhost:7071/api/keys'"""));
    }
}
