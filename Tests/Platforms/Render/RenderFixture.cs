using System.Net;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Render;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Platforms.Render;

/// <summary>The crawler with its browser as the app registers them; names of sites lead to this machine.</summary>
internal sealed class RenderFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="change">Of the settings.</param>
    /// <param name="allowed">Private addresses that may be reached; all of loopback when it is not said.</param>
    /// <param name="isPaced">With the usual delays between requests.</param>
    public RenderFixture(Action<RenderOptions>? change = null, string? allowed = "127.0.0.0/8", bool isPaced = false)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IHostResolver, EveryNameIsHere>();
        services.AddCrawl(new ConfigurationBuilder().Build());
        services.Configure<CrawlOptions>(options =>
        {
            options.DelayFloor = isPaced ? options.DelayFloor : TimeSpan.Zero;
            options.RetryDelay = TimeSpan.Zero;
            if (allowed is not null)
            {
                options.AllowedPrivateAddresses.Add(allowed);
            }
        });
        services.Configure<RenderOptions>(options =>
        {
            options.SettleTimeout = TimeSpan.FromSeconds(2);
            change?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
    }

    public IPageRenderer Renderer => _services.GetRequiredService<IPageRenderer>();

    public BrowserPool Browsers => _services.GetRequiredService<BrowserPool>();

    public PageFetcherFactory Fetchers => _services.GetRequiredService<PageFetcherFactory>();

    public IOptions<CrawlOptions> Crawl => _services.GetRequiredService<IOptions<CrawlOptions>>();

    public BatchCrawler Batches => _services.GetRequiredService<BatchCrawler>();

    public RenderHealth Health => _services.GetRequiredService<RenderHealth>();

    public RenderProxyServer ProxyServer => _services.GetRequiredService<RenderProxyServer>();

    public AddressGuard Guard => _services.GetRequiredService<AddressGuard>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    public async Task<RenderResult> RenderAsync(string html, string address, Func<Uri, bool>? mayLoad = null)
    {
        using var site = new SiteThrottle(new SiteThrottleState(), Fetchers.Settings, TimeProvider.System, deadlineUtc: null);
        return await Renderer.RenderAsync(
            new RenderRequest
            {
                Address = new Uri(address),
                ContentType = "text/html; charset=utf-8",
                Body = System.Text.Encoding.UTF8.GetBytes(html),
                MaxHtmlBytes = 1_000_000,
                UserAgent = "Marketline-Test/1",
                EnterSite = site.EnterAsync,
                MayLoad = (part, _) => ValueTask.FromResult(mayLoad?.Invoke(part) ?? true),
            },
            CancellationToken.None
        );
    }

    private sealed class EveryNameIsHere : IHostResolver
    {
        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
    }
}
