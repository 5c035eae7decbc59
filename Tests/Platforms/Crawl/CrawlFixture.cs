using Marketline.Core.Crawl;
using Marketline.Platforms.Api;
using Marketline.Platforms.Crawl;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>The crawler as the app registers it, set to loopback and haste.</summary>
internal sealed class CrawlFixture : IDisposable
{
    private readonly ServiceProvider _services;

    public CrawlFixture(Action<CrawlOptions>? change = null, IHostResolver? resolver = null, TimeProvider? time = null, bool isLoopbackAllowed = true, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings ?? new Dictionary<string, string?>()).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddLogging();
        if (resolver is not null)
        {
            services.AddSingleton(resolver);
        }

        services.AddCrawl(configuration);
        services.Configure<CrawlOptions>(options =>
        {
            options.DelayFloor = TimeSpan.Zero;
            options.RetryDelay = TimeSpan.Zero;
            if (isLoopbackAllowed)
            {
                options.AllowedPrivateAddresses.Add("127.0.0.0/8");
            }

            change?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
    }

    public PageFetcherFactory Fetchers => _services.GetRequiredService<PageFetcherFactory>();

    public BatchCrawler Batches => _services.GetRequiredService<BatchCrawler>();

    public PlatformAccess Apis => _services.GetRequiredService<PlatformAccess>();

    public SitemapTargets Sitemaps => _services.GetRequiredService<SitemapTargets>();

    public CrawlOptions Options => _services.GetRequiredService<IOptions<CrawlOptions>>().Value;

    public async Task<FetchedPage> FetchAsync(string url, string? fetchUrl = null)
    {
        using var fetcher = Fetchers.Create(throttle: null);
        return await fetcher.FetchAsync(new CrawlTarget(url, fetchUrl), CancellationToken.None);
    }

    public void Dispose() => _services.Dispose();
}
