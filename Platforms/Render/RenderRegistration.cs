using Marketline.Platforms.Crawl;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Render;

public static class RenderRegistration
{
    /// <summary>The browser for sites that need one; its settings are checked when the app starts, the browser starts when it is needed.</summary>
    public static IServiceCollection AddRendering(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<RenderOptions>()
            .Bind(configuration.GetSection(RenderOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<RenderOptions>, RenderOptionsValidator>();
        services.AddSingleton(provider => new RenderProxyServer(
            provider.GetRequiredService<AddressGuard>(),
            provider.GetRequiredService<IOptions<RenderOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RenderProxyServer>>()
        ));
        services.AddSingleton<BrowserPool>();
        services.AddSingleton(provider => new RenderHealth(provider.GetRequiredService<BrowserPool>()));
        services.AddSingleton<IPageRenderer, PageRenderer>();
        return services;
    }
}
