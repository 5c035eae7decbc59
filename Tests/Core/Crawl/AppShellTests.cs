using System.Diagnostics;
using System.Text;
using Marketline.Core.Crawl;

namespace Marketline.Tests.Core.Crawl;

public sealed class AppShellTests
{
    private static readonly string Text = string.Concat(Enumerable.Repeat("<p>Some words of a page that stands for itself.</p>", 20));

    [TestCase("<!doctype html><title>Shop</title><div id=\"root\"></div><script src=/main.js></script>", ExpectedResult = ShellSign.Strong)]
    [TestCase("<DIV ID='App'> \n</DIV><SCRIPT>a < b</SCRIPT>", ExpectedResult = ShellSign.Strong)]
    [TestCase("<div class=x id=__next></div><script></script>", ExpectedResult = ShellSign.Strong)]
    [TestCase("<app-root></app-root><script src=a></script>", ExpectedResult = ShellSign.Strong)]
    [TestCase("<noscript>Bitte aktivieren Sie JavaScript.</noscript><div>x</div><script></script>", ExpectedResult = ShellSign.Strong)]
    [TestCase("<p>Loading</p><script src=/main.js></script>", ExpectedResult = ShellSign.Weak)]
    [TestCase("<p>Loading</p>", ExpectedResult = ShellSign.None, Description = "nothing will change it")]
    [TestCase("<noscript><iframe src=https://tags.example/></iframe></noscript><p>x</p>", ExpectedResult = ShellSign.None)]
    [TestCase("<div id=root><p>Text</p></div>", ExpectedResult = ShellSign.None)]
    [TestCase("", ExpectedResult = ShellSign.None)]
    [TestCase("<", ExpectedResult = ShellSign.None)]
    [TestCase("<script", ExpectedResult = ShellSign.None)]
    [TestCase("<!-- <div id=root></div> --><script>", ExpectedResult = ShellSign.Weak)]
    public ShellSign Look_SmallPage_SaysHowItLooks(string html) => AppShell.Look(Encoding.UTF8.GetBytes(html));

    [Test]
    public void Look_PageWithText_IsNoneUnlessItsRootIsEmpty()
    {
        var signs = new[] { Text + "<script></script>", Text + "<div id=app></div><script></script>", Text + Text + Text + Text + Text + Text + "<div id=app></div><script></script>" }
            .Select(html => AppShell.Look(Encoding.UTF8.GetBytes(html)));

        Assert.That(signs, Is.EqualTo((ShellSign[])[ShellSign.None, ShellSign.Strong, ShellSign.None]));
    }

    [Test]
    public void Look_ScriptsAndStyles_AreNoText()
    {
        var html = $"<style>{Text}</style><script>{Text}</script><template>{Text}</template><svg><text>{Text}</text></svg><p>x</p>";

        Assert.That(AppShell.Look(Encoding.UTF8.GetBytes(html)), Is.EqualTo(ShellSign.Weak));
    }

    [TestCase("<p>x</p><script src=/app.js></script>", ExpectedResult = true)]
    [TestCase("<SCRIPT>go()", ExpectedResult = true)]
    [TestCase("<script type='application/ld+json'>{}</script><script type=importmap>{}</script>", ExpectedResult = false)]
    [TestCase("<script type=application/json>{}</script><script>go()</script>", ExpectedResult = true)]
    [TestCase("<p>script</p>", ExpectedResult = false)]
    [TestCase("<script", ExpectedResult = false)]
    public bool RunsScripts_Pages_TellsCodeFromData(string html) => AppShell.RunsScripts(Encoding.UTF8.GetBytes(html));

    [TestCase("<script></")]
    [TestCase("<script json")]
    [TestCase("<")]
    [TestCase("<!--")]
    [TestCase("<a id=id=id=id= ")]
    [TestCase("</div id=")]
    public void Look_TenMegabytesOfRubbish_EndsSoon(string rubbish)
    {
        var html = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(rubbish, 10_000_000 / rubbish.Length)));

        var started = Stopwatch.GetTimestamp();
        AppShell.Look(html);
        AppShell.RunsScripts(html);

        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(20)), "not with the square of its length");
    }
}
