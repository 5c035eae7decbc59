using System.Text;
using Marketline.Core.Crawl;

namespace Marketline.Tests.Core.Crawl;

/// <summary>The examples of RFC 9309, and what robots.txt files hold in the wild.</summary>
public sealed class RobotsRulesTests
{
    [TestCase("/allowed", true)]
    [TestCase("/private", false)]
    [TestCase("/private/open", true)]
    [TestCase("/private/open/closed", false)]
    [TestCase("/", true)]
    public void IsAllowed_SeveralRulesMatch_TheLongestWins(string path, bool isAllowed)
    {
        var rules = Parse("User-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /private/open/closed");

        Assert.That(IsAllowed(rules, path), Is.EqualTo(isAllowed));
    }

    [Test]
    public void IsAllowed_AllowAndDisallowOfSameLength_AllowWins()
    {
        var rules = Parse("User-agent: *\nDisallow: /page\nAllow: /page");

        Assert.That(IsAllowed(rules, "/page"));
    }

    [TestCase("/fish", "/fish.html", true)]
    [TestCase("/fish", "/Fish.asp", false)]
    [TestCase("/fish*", "/fishheads/yummy.html", true)]
    [TestCase("/*.php", "/folder/filename.php?parameters", true)]
    [TestCase("/*.php$", "/filename.php?parameters", false)]
    [TestCase("/*.php$", "/folder/filename.php", true)]
    [TestCase("/fish*.php", "/fishheads/catfish.php?parameters", true)]
    [TestCase("/a*b*c", "/a-c-b", false)]
    [TestCase("/a$", "/a", true)]
    [TestCase("/a$", "/ab", false)]
    [TestCase("/a*a$", "/a", false)]
    [TestCase("/a**$", "/abc", true)]
    [TestCase("*", "/anything", true)]
    [TestCase("/path/file-with-a-%2A.html", "/path/file-with-a-*.html", true)]
    [TestCase("/path/foo-%24", "/path/foo-$", true)]
    [TestCase("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", false)]
    [TestCase("/foo/bar/ツ", "/foo/bar/%E3%83%84", true)]
    [TestCase("/foo/bar/%E3%83%84", "/foo/bar/ツ", true)]
    [TestCase("/foo/bar/%62%61%7A", "/foo/bar/baz", true)]
    [TestCase("/a%3cd.html", "/a%3Cd.html", true)]
    [TestCase("/a%2fb", "/a/b", false)]
    public void IsAllowed_Pattern_MatchesAsTheStandardSays(string pattern, string path, bool isMatch)
    {
        var rules = Parse($"User-agent: *\nDisallow: {pattern}");

        Assert.That(IsAllowed(rules, path), Is.EqualTo(!isMatch));
    }

    [TestCase("User-agent: marketline\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/a", false)]
    [TestCase("User-agent: marketline\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", true)]
    [TestCase("User-agent: MARKETLINE/2.0 (x)\nDisallow: /a", "/a", false)]
    [TestCase("User-agent: marketliner\nDisallow: /a", "/a", true)]
    [TestCase("User-agent: other\nUser-agent: marketline\nDisallow: /a", "/a", false)]
    [TestCase("User-agent: marketline\nDisallow: /a\nUser-agent: other\nDisallow: /b\nUser-agent: marketline\nDisallow: /c", "/c", false)]
    [TestCase("User-agent: marketline\nDisallow: /a\nUser-agent: other\nDisallow: /b\nUser-agent: marketline\nDisallow: /c", "/b", true)]
    [TestCase("User-agent: marketline\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a", true)]
    [TestCase("User-agent: marketline\nSitemap: /s.xml\nDisallow: /a", "/a", false)]
    [TestCase("Disallow: /a", "/a", true)]
    [TestCase("\uFEFFUser-agent: *\r\nDISALLOW : /a # not this\r\n", "/a", false)]
    [TestCase("user-agent: * # all\rdisallow: /a", "/a", false)]
    [TestCase("User-agent: *\nDisallow: /", "/robots.txt", true)]
    public void IsAllowed_Groups_AreFoundAndMerged(string text, string path, bool isAllowed)
    {
        var rules = Parse(text);

        Assert.That(IsAllowed(rules, path), Is.EqualTo(isAllowed));
    }

    [TestCase("2.5", 2.5)]
    [TestCase("10", 10.0)]
    [TestCase("-1", null)]
    [TestCase("soon", null)]
    [TestCase("1e9", null)]
    [TestCase("99999999999", null)]
    public void CrawlDelay_AsWritten_IsReadWhenItIsSane(string text, double? seconds)
    {
        var rules = Parse($"User-agent: *\nCrawl-delay: {text}\nDisallow: /x");

        Assert.That(rules.CrawlDelay?.TotalSeconds, Is.EqualTo(seconds));
    }

    [Test]
    public void Sitemaps_AnywhereInTheFile_AreGathered()
    {
        var rules = Parse("Sitemap: https://a.example/1.xml\nUser-agent: other\nDisallow: /\nsitemap:https://a.example/2.xml #x");

        Assert.That(rules.Sitemaps, Is.EqualTo(new[] { "https://a.example/1.xml", "https://a.example/2.xml" }));
    }

    [Test]
    public void Parse_RuleBehind500Kibibytes_IsHeeded()
    {
        var rules = Parse("User-agent: *\n" + new string('#', 500 * 1024) + "\nDisallow: /late");

        Assert.That(IsAllowed(rules, "/late"), Is.False);
    }

    [Test]
    public void Parse_AnyBytes_NeverThrows()
    {
        var random = new Random(7);
        var noise = new byte[20_000];

        for (var i = 0; i < 50; i++)
        {
            random.NextBytes(noise);
            "User-agent: *\nDisallow: /a\n"u8.CopyTo(noise);

            Assert.That(IsAllowed(RobotsRules.Parse(noise, "Marketline"), "/a"), Is.False);
        }
    }

    private static RobotsRules Parse(string text) => RobotsRules.Parse(Encoding.UTF8.GetBytes(text), "Marketline");

    private static bool IsAllowed(RobotsRules rules, string path) => rules.IsAllowed(new Uri("https://shop.example" + path));
}
