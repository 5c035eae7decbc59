using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>HTTP/2 where a site has it (by ALPN, in TLS), HTTP/1.1 elsewhere; under the same guard.</summary>
public sealed class Http2Tests
{
    private readonly ConcurrentQueue<(string Protocol, string Connection, string Path)> _requests = new();
    private X509Certificate2 _certificate = null!;

    [OneTimeSetUp]
    public void MakeCertificate() => _certificate = TestCertificate.Create("127.0.0.1", "shop.example", "pay.shop.example");

    [OneTimeTearDown]
    public void RemoveCertificate() => _certificate.Dispose();

    [SetUp]
    public void SetUp() => _requests.Clear();

    [TestCase(HttpProtocols.Http1AndHttp2, "HTTP/2")]
    [TestCase(HttpProtocols.Http2, "HTTP/2")]
    [TestCase(HttpProtocols.Http1, "HTTP/1.1")]
    public async Task FetchAsync_SiteWithTls_TakesTheHighestVersionItHas(HttpProtocols protocols, string expected)
    {
        await using var site = await StartAsync(protocols);
        using var crawl = Crawl();

        var page = await crawl.FetchAsync($"https://127.0.0.1:{Port(site)}/p");

        Assert.That((page.FailureDetail, page.Body.Length), Is.EqualTo(((string?)null, 5)));
        Assert.That(_requests.Select(request => (request.Protocol, request.Path)), Is.EqualTo(new[] { (expected, "/robots.txt"), (expected, "/p") }));
    }

    [Test]
    public async Task FetchAsync_SiteWithoutTls_IsAskedInHttp11WithoutAnUpgrade()
    {
        await using var site = new HostileSite();
        site.Page("/p", "hello");
        using var crawl = Crawl();

        await crawl.FetchAsync(site.Url("/p"));

        Assert.That(site.LastHead, Does.StartWith("GET /p HTTP/1.1\r\n").And.Not.Contain("h2c").And.Not.Contain("Upgrade"));
    }

    [Test]
    public async Task CrawlAsync_ManyPagesAtATime_GoOverOneConnection()
    {
        await using var site = await StartAsync(HttpProtocols.Http1AndHttp2);
        using var crawl = Crawl();
        var targets = Enumerable.Range(0, 40).Select(i => new CrawlTarget($"https://127.0.0.1:{Port(site)}/p/{i}"));
        var request = new BatchCrawlRequest { Frontier = CrawlFrontier.Start(targets), DeadlineUtc = DateTimeOffset.UtcNow.AddMinutes(1) };

        var result = await crawl.Batches.CrawlAsync(request, (_, _) => ValueTask.CompletedTask, CancellationToken.None);

        Assert.That((result.PageCount, result.ErrorCount), Is.EqualTo((40, 0)));
        Assert.That(_requests.Select(seen => seen.Connection).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task FetchAsync_SiteResetsTheStream_IsTriedAgainAndFailsWithAReason()
    {
        await using var site = await StartAsync(HttpProtocols.Http2);
        using var crawl = Crawl();

        var page = await crawl.FetchAsync($"https://127.0.0.1:{Port(site)}/reset");

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo((FetchReasons.ProtocolError, 2)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_NameRebindsToLoopback_IsRefusedWhereTheSocketConnects()
    {
        await using var site = await StartAsync(HttpProtocols.Http2);
        var resolver = new Resolver(("shop.example", "127.0.0.1"));
        using var crawl = Crawl(resolver, isLoopbackAllowed: false);

        var page = await crawl.FetchAsync($"https://shop.example:{Port(site)}/p");

        Assert.That((page.FailureReason, _requests.Count), Is.EqualTo((FetchReasons.AddressRefused, 0)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_OtherNameOfTheSameCertificate_DoesNotShareTheConnectionThatIsOpen()
    {
        await using var site = await StartAsync(HttpProtocols.Http2);
        var resolver = new Resolver(("shop.example", "127.0.0.1"), ("pay.shop.example", "127.0.0.2"));
        using var crawl = Crawl(resolver, isLoopbackAllowed: false, options => options.AllowedPrivateAddresses.Add("127.0.0.1"));

        var open = await crawl.FetchAsync($"https://shop.example:{Port(site)}/p");
        var refused = await crawl.FetchAsync($"https://pay.shop.example:{Port(site)}/internal");

        Assert.That((open.FailureReason, refused.FailureReason), Is.EqualTo(((string?)null, FetchReasons.AddressRefused)), refused.FailureDetail);
        Assert.That(_requests.Select(request => request.Path), Has.None.EqualTo("/internal"));
    }

    [Test]
    public async Task FetchAsync_CertificateIsNotToBeTrusted_IsTlsFailed()
    {
        await using var site = await StartAsync(HttpProtocols.Http2);
        using var crawl = new CrawlFixture();

        var page = await crawl.FetchAsync($"https://127.0.0.1:{Port(site)}/p");

        Assert.That((page.FailureReason, _requests.Count), Is.EqualTo((FetchReasons.TlsFailed, 0)));
    }

    private CrawlFixture Crawl(IHostResolver? resolver = null, bool isLoopbackAllowed = true, Action<CrawlOptions>? change = null) =>
        new(
            options =>
            {
                options.TrustedAuthorities.Add(_certificate);
                options.MaxAttempts = 2;
                change?.Invoke(options);
            },
            resolver,
            isLoopbackAllowed: isLoopbackAllowed
        );

    private async Task<WebApplication> StartAsync(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                listen.UseHttps(_certificate);
            })
        );
        var app = builder.Build();
        app.Run(async context =>
        {
            const int InternalError = 2;
            _requests.Enqueue((context.Request.Protocol, context.Connection.Id, context.Request.Path));
            if (context.Request.Path == "/robots.txt")
            {
                context.Response.StatusCode = 404;
            }
            else if (context.Request.Path == "/reset")
            {
                context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(InternalError);
            }
            else
            {
                await context.Response.WriteAsync("hello");
            }
        });
        await app.StartAsync();
        return app;
    }

    private static int Port(WebApplication site) => new Uri(site.Urls.Single()).Port;

    private sealed class Resolver(params (string Name, string Address)[] names) : IHostResolver
    {
        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult<IPAddress[]>([IPAddress.Parse(names.Single(entry => entry.Name == host).Address)]);
    }
}
