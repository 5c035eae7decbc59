using Marketline.Platforms.Api;
using Marketline.Platforms.Render;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Crawl;

public static class CrawlRegistration
{
    /// <summary>The crawler that all platforms share; its settings are checked when the app starts.</summary>
    public static IServiceCollection AddCrawl(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<CrawlOptions>()
            .Bind(configuration.GetSection(CrawlOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<CrawlOptions>, CrawlOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IHostResolver, SystemHostResolver>();
        services.AddSingleton<AddressGuard>();
        services.AddSingleton<HttpExchange>();
        services.AddSingleton<RobotsCache>();
        services.AddSingleton(provider => new PageFetcherFactory(
            provider.GetRequiredService<HttpExchange>(),
            provider.GetRequiredService<AddressGuard>(),
            provider.GetRequiredService<RobotsCache>(),
            provider.GetRequiredService<IOptions<CrawlOptions>>(),
            provider.GetRequiredService<TimeProvider>()
        )
        {
            Renderer = provider.GetRequiredService<IPageRenderer>(),
        });
        services.AddRendering(configuration);
        services.AddSingleton(new PlatformSecrets(configuration));
        services.AddSingleton<ApiTokens>();
        services.AddSingleton(provider => new PlatformAccess(
            provider.GetRequiredService<PlatformSecrets>(),
            provider.GetRequiredService<HttpExchange>(),
            provider.GetRequiredService<AddressGuard>(),
            provider.GetRequiredService<ApiTokens>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<BatchCrawler>();
        services.AddSingleton<SitemapTargets>();
        services.AddSingleton<RobotsCheck>();
        return services;
    }
}
