using Marketline.LocalHost.Cli;
using Marketline.LocalHost.Cli.Commands;
using Marketline.Tests.Platforms.Crawl;
using Microsoft.Extensions.Configuration;

namespace Marketline.Tests.LocalHost.Cli;

public sealed class RobotsCommandTests
{
    private const string File = "# for all\r\nUser-agent: *\r\nCrawl-delay: 2.5\r\nDisallow: /private\r\nAllow: /private/open\r\n\r\nUser-agent: Other\r\nDisallow: /\r\nSitemap: https://shop.example/s.xml\r\n";

    private HostileSite _site = null!;

    [SetUp]
    public void SetUp() => _site = new HostileSite();

    [TearDown]
    public async Task TearDownAsync() => await _site.DisposeAsync();

    [TestCase("/p", null, 0, "allowed: no line is about it", "group        *")]
    [TestCase("/private/1", null, 1, "forbidden by line 4: Disallow: /private", "crawl-delay  2.5 s")]
    [TestCase("/private/open/1", null, 0, "allowed by line 5: Allow: /private/open", "sitemap      https://shop.example/s.xml")]
    [TestCase("/p", "other", 1, "forbidden by line 8: Disallow: /", "group        other")]
    public async Task RunAsync_RobotsIsThere_SaysWhichLineDecides(string path, string? agent, int exitCode, string decision, string line)
    {
        _site.Page("/robots.txt", File);

        var (code, output) = await RunAsync(_site.Url(path), agent);

        Assert.That(code, Is.EqualTo(exitCode), output);
        Assert.That(output, Does.Contain($"decision     {decision}").And.Contain(line));
    }

    [Test]
    public async Task RunAsync_NoRobots_IsAllowed()
    {
        var (code, output) = await RunAsync(_site.Url("/p"));

        Assert.That((code, output), Is.EqualTo((0, output)));
        Assert.That(output, Does.Contain("there is no robots.txt"));
    }

    [Test]
    public async Task RunAsync_RobotsNotToBeHad_IsForbiddenWithTheCause()
    {
        _site.Map("/robots.txt", HostileSite.Status(500));

        var (code, output) = await RunAsync(_site.Url("/p"));

        Assert.That(code, Is.EqualTo(2), output);
        Assert.That(output, Does.Contain("The site answered with status 500."));
    }

    [Test]
    public async Task RunAsync_PrivateAddress_IsNotAsked()
    {
        var (code, output) = await RunAsync(_site.Url("/p"), settings: []);

        Assert.That(code, Is.EqualTo(2), output);
        Assert.That(_site.Requests, Is.Empty);
    }

    [TestCase("shop.example/p", null)]
    [TestCase("ftp://shop.example/p", null)]
    [TestCase("https://shop.example/p", "no name/1.0")]
    public void RunAsync_NotAnAddressOrName_SaysSo(string url, string? agent)
    {
        Assert.That(() => RunAsync(url, agent), Throws.TypeOf<CliException>().With.Message.Contains("is no"));
    }

    private static async Task<(int Code, string Output)> RunAsync(string url, string? agent = null, Dictionary<string, string?>? settings = null)
    {
        settings ??= new() { ["Crawl:AllowedPrivateAddresses:0"] = "127.0.0.0/8", ["Crawl:RetryDelay"] = "00:00:00", ["Crawl:DelayFloor"] = "00:00:00" };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        await using var output = new StringWriter();
        var code = await RobotsCommand.RunAsync(url, agent, configuration, output, CancellationToken.None);
        return (code, output.ToString());
    }
}
