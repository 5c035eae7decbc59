using System.Text;
using Marketline.Core.Crawl;
using Microsoft.AspNetCore.Http;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>Calls of an API that is part of a site and open to everybody: without credentials, under the site's rules.</summary>
[CancelAfter(60_000)]
internal sealed class PublicCallTests
{
    private CrawlFixture _crawl = null!;

    [SetUp]
    public void SetUp() => _crawl = new CrawlFixture(options => options.MaxAttempts = 2);

    [TearDown]
    public void TearDown() => _crawl.Dispose();

    [Test]
    public async Task FetchAsync_Post_SendsTheCallAsItIsPlanned()
    {
        var seen = "";
        await using var shop = await LoopbackShop.StartAsync(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            seen = context.Request.Path == "/graphql" ? $"{context.Request.Method} {context.Request.ContentType} {context.Request.Headers["Store"]} {context.Request.Headers.Authorization}{await body.ReadToEndAsync()}" : seen;
            await context.Response.WriteAsync("{}");
        });

        var page = await FetchAsync(shop, new ApiCall { IsPublic = true, Method = "POST", Body = "{\"query\":\"{a}\"}", Headers = new Dictionary<string, string> { ["Store"] = "de" } });

        Assert.That(seen, Does.StartWith("POST application/json").And.EndsWith(" de {\"query\":\"{a}\"}"));
        Assert.That((page.FailureReason, Encoding.UTF8.GetString(page.Body.Span), page.Url), Is.EqualTo(((string?)null, "{}", $"{shop.Root}graphql?call=1")));
    }

    [Test]
    public async Task FetchAsync_RobotsForbidsIt_IsNotSent()
    {
        await using var shop = await LoopbackShop.StartAsync(context => context.Response.WriteAsync("User-agent: *\nDisallow: /graphql\n"));

        var page = await FetchAsync(shop, new ApiCall { IsPublic = true });

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.RobotsDisallowed));
        Assert.That(shop.Requests, Is.Empty);
    }

    [Test]
    public async Task FetchAsync_Redirect_IsNotFollowed()
    {
        await using var shop = await LoopbackShop.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/robots.txt" ? 404 : 307;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });

        var page = await FetchAsync(shop, new ApiCall { IsPublic = true, Method = "POST", Body = "{}" });

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.ProtocolError));
        Assert.That(shop.Requests, Is.EqualTo(new[] { "/graphql" }));
    }

    [Test]
    public async Task FetchAsync_Refused_IsAskedAgain()
    {
        var count = 0;
        await using var shop = await LoopbackShop.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/robots.txt" ? 404 : Interlocked.Increment(ref count) == 1 ? 503 : 200;
            return Task.CompletedTask;
        });

        var page = await FetchAsync(shop, new ApiCall { IsPublic = true });

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo(((string?)null, 2)));
    }

    [Test]
    public async Task FetchAsync_OtherCallWithoutCredentials_IsNotSent()
    {
        await using var shop = await LoopbackShop.StartAsync(_ => Task.CompletedTask);

        var page = await FetchAsync(shop, new ApiCall());

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.CredentialsMissing));
        Assert.That(shop.Requests, Is.Empty);
    }

    private async Task<FetchedPage> FetchAsync(LoopbackShop shop, ApiCall call)
    {
        using var fetcher = _crawl.Fetchers.Create(throttle: null);
        return await fetcher.FetchAsync(new CrawlTarget($"{shop.Root}graphql?call=1", $"{shop.Root}graphql") { Call = call }, CancellationToken.None);
    }
}
