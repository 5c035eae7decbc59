using System.Net;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

public sealed class AddressGuardTests
{
    private HostileSite _site = null!;

    [SetUp]
    public void SetUp() => _site = new HostileSite();

    [TearDown]
    public async Task TearDown() => await _site.DisposeAsync();

    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    [TestCase("shop.LOCALHOST")]
    [TestCase("localhost.")]
    [TestCase("2130706433")]
    [TestCase("0x7f.1")]
    [TestCase("[::1]")]
    [TestCase("[::ffff:127.0.0.1]")]
    [TestCase("0.0.0.0")]
    public async Task FetchAsync_LoopbackNotAllowed_IsRefusedWithoutConnecting(string host)
    {
        using var crawl = new CrawlFixture(isLoopbackAllowed: false);

        var page = await crawl.FetchAsync($"http://{host}:{_site.Port}/p");

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo((FetchReasons.AddressRefused, 0)));
        Assert.That(_site.Requests, Is.Empty);
    }

    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    [TestCase("shop1.localhost")]
    public async Task FetchAsync_LoopbackAllowed_IsFetched(string host)
    {
        _site.Page("/p", "x");
        using var crawl = new CrawlFixture();

        var page = await crawl.FetchAsync($"http://{host}:{_site.Port}/p");

        Assert.That(page.FailureReason, Is.Null, page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_OnlyAnotherPortAllowed_IsRefused()
    {
        using var crawl = new CrawlFixture(
            options => options.AllowedPrivateAddresses.Add($"127.0.0.0/8:{(_site.Port == 5000 ? 5001 : 5000)}"),
            isLoopbackAllowed: false
        );

        var page = await crawl.FetchAsync(_site.Url("/p"));

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.AddressRefused));
    }

    [TestCase("http://169.254.169.254/latest/meta-data/")]
    [TestCase("http://168.63.129.16/machine")]
    [TestCase("http://[fd00:ec2::254]/")]
    [TestCase("file:///etc/passwd")]
    [TestCase("ftp://127.0.0.1/")]
    public async Task FetchAsync_RedirectIntoForbiddenPlace_IsRefused(string location)
    {
        _site.Redirect("/a", location);
        using var crawl = new CrawlFixture();

        var page = await crawl.FetchAsync(_site.Url("/a"));

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.AddressRefused));
    }

    [Test]
    public async Task FetchAsync_LastOfSeveralRedirectsLeadsIntoForbiddenPlace_IsRefused()
    {
        _site.Redirect("/a", "/b", 301);
        _site.Redirect("/b", "/c", 308);
        _site.Redirect("/c", $"http://127.0.0.2:{_site.Port}/internal", 307);
        _site.Page("/internal", "an internal answer");
        using var crawl = new CrawlFixture(options => options.AllowedPrivateAddresses.Add("127.0.0.1"), isLoopbackAllowed: false);

        var page = await crawl.FetchAsync(_site.Url("/a"));

        Assert.That((page.FailureReason, page.Body.IsEmpty), Is.EqualTo((FetchReasons.AddressRefused, true)));
        Assert.That(_site.CountOf("/internal"), Is.Zero);
    }

    [TestCase("http://169.254.169.254/")]
    [TestCase("file:///etc/passwd")]
    public async Task FetchAsync_RobotsRedirectsIntoForbiddenPlace_IsRefused(string location)
    {
        _site.Redirect("/robots.txt", location);
        _site.Page("/p", "x");
        using var crawl = new CrawlFixture();

        var page = await crawl.FetchAsync(_site.Url("/p"));

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.AddressRefused));
        Assert.That(_site.CountOf("/p"), Is.Zero);
    }

    [Test]
    public async Task FetchAsync_NameRebindsToLoopback_IsRefusedWhereTheSocketConnects()
    {
        var resolver = new Resolver("93.184.215.14", "127.0.0.1");
        using var crawl = new CrawlFixture(resolver: resolver, isLoopbackAllowed: false);
        await resolver.ResolveAsync("rebind.example", CancellationToken.None);

        var page = await crawl.FetchAsync($"http://rebind.example:{_site.Port}/p");

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.AddressRefused));
        Assert.That(_site.Requests, Is.Empty);
    }

    [Test]
    public async Task FetchAsync_RedirectToANameThatRebindsToLoopback_IsRefusedWhereTheSocketConnects()
    {
        var pay = new Resolver("93.184.215.14", "127.0.0.2");
        _site.Redirect("/a", $"http://pay.shop.example:{_site.Port}/internal");
        _site.Page("/internal", "an internal answer");
        using var crawl = new CrawlFixture(
            options => options.AllowedPrivateAddresses.Add("127.0.0.1"),
            new NamedResolver(new() { ["shop.example"] = new Resolver("127.0.0.1"), ["pay.shop.example"] = pay }),
            isLoopbackAllowed: false
        );
        await pay.ResolveAsync("pay.shop.example", CancellationToken.None);

        var page = await crawl.FetchAsync($"http://shop.example:{_site.Port}/a");

        Assert.That((page.FailureReason, page.Body.IsEmpty), Is.EqualTo((FetchReasons.AddressRefused, true)));
        Assert.That(_site.CountOf("/internal"), Is.Zero);
    }

    [Test]
    public async Task FetchAsync_NameHasForbiddenAndAllowedAddress_DialsTheAllowedOnly()
    {
        _site.Page("/p", "x");
        using var crawl = new CrawlFixture(resolver: new Resolver("10.0.0.1,127.0.0.1"));

        var page = await crawl.FetchAsync($"http://two.example:{_site.Port}/p");

        Assert.That(page.FailureReason, Is.Null, page.FailureDetail);
    }

    [TestCase("http://public.example:22/")]
    [TestCase("http://public.example:25/")]
    public async Task FetchAsync_PortOfAnotherService_IsRefused(string url)
    {
        using var crawl = new CrawlFixture(resolver: new Resolver("93.184.215.14"), isLoopbackAllowed: false);

        var page = await crawl.FetchAsync(url);

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.AddressRefused));
    }

    [Test]
    public async Task FetchAsync_NameUnknown_IsDnsFailed()
    {
        using var crawl = new CrawlFixture(resolver: new Resolver(""));

        var page = await crawl.FetchAsync("http://nowhere.example/");

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo((FetchReasons.DnsFailed, 0)));
    }

    private sealed class NamedResolver(Dictionary<string, Resolver> names) : IHostResolver
    {
        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => names[host].ResolveAsync(host, cancellationToken);
    }

    /// <summary>Each look-up gives the next answer; the last one stays.</summary>
    private sealed class Resolver(params string[] answers) : IHostResolver
    {
        private int _count = -1;

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            var answer = answers[Math.Min(Interlocked.Increment(ref _count), answers.Length - 1)];
            return Task.FromResult<IPAddress[]>([.. answer.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => IPAddress.Parse(text))]);
        }
    }
}
