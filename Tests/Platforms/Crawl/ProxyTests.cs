using System.Net;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>A platform's sites are reached through its proxy, which sees only what the guard lets through.</summary>
public sealed class ProxyTests
{
    private HostileSite _proxy = null!;

    [SetUp]
    public void SetUp() => _proxy = new HostileSite();

    [TearDown]
    public async Task TearDownAsync() => await _proxy.DisposeAsync();

    [Test]
    public async Task FetchAsync_PlatformWithAProxy_AsksItForThePage()
    {
        _proxy.Page("http://shop.example/p", "by proxy");

        var page = await FetchAsync("http://shop.example/p", "shopify");

        Assert.That(page.Body.Length, Is.EqualTo(8), page.FailureDetail);
        Assert.That(_proxy.Requests, Is.EqualTo(new[] { "http://shop.example/robots.txt", "http://shop.example/p" }));
    }

    [Test]
    public async Task FetchAsync_AnotherPlatform_GoesItsOwnWay()
    {
        var page = await FetchAsync("http://internal.example/p", "generic-shop");

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.AddressRefused));
        Assert.That(_proxy.Requests, Is.Empty);
    }

    [TestCase("http://internal.example/p")]
    [TestCase("http://169.254.169.254/p")]
    [TestCase("http://localhost/p")]
    public async Task FetchAsync_PrivateAddress_IsNotHandedToTheProxy(string url)
    {
        var page = await FetchAsync(url, "shopify");

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.AddressRefused));
        Assert.That(_proxy.Requests, Is.Empty);
    }

    [Test]
    public async Task FetchAsync_ProxyWantsCredentials_GetsThemAndNobodyReadsThem()
    {
        _proxy.InTurn("http://shop.example/p", HostileSite.Status(407, "Proxy-Authenticate: Basic realm=\"x\"\r\n"), HostileSite.Status(200, body: "by proxy"));

        var page = await FetchAsync("http://shop.example/p", "shopify", "user:s%65cret@");

        Assert.That(page.Body.Length, Is.EqualTo(8), page.FailureDetail);
        Assert.That(_proxy.LastHead, Does.Contain($"Proxy-Authorization: Basic {Convert.ToBase64String("user:secret"u8)}"));
    }

    [Test]
    public void Validate_NoAddress_NamesThePlatformAndNotItsSecret()
    {
        using var crawl = new CrawlFixture(options => options.Proxies["shopify"] = "socks://user:secret@proxy");

        Assert.That(() => crawl.Options, Throws.Exception.With.Message.Contains("Crawl:Proxies:shopify").And.Message.Not.Contains("secret"));
    }

    private async Task<FetchedPage> FetchAsync(string url, string platform, string user = "")
    {
        using var crawl = new CrawlFixture(
            options =>
            {
                options.Proxies["shopify"] = $"http://{user}127.0.0.1:{_proxy.Port}";
                options.MaxAttempts = 1;
            },
            new Resolver(),
            isLoopbackAllowed: false
        );
        using var fetcher = crawl.Fetchers.Create(throttle: null, platform: platform);
        return await fetcher.FetchAsync(new CrawlTarget(url), CancellationToken.None);
    }

    private sealed class Resolver : IHostResolver
    {
        /// <summary>The shop's address is a public one, which only the proxy would dial.</summary>
        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult<IPAddress[]>([IPAddress.Parse(host == "internal.example" ? "10.0.0.1" : "93.184.215.14")]);
    }
}
