using Marketline.Platforms;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Platforms.Contract;

/// <summary>The connectors as the app registers them: one that is new there is in these tests by that.</summary>
internal static class RegisteredConnectors
{
    public static PlatformConnectors All { get; } = Create();

    /// <summary>A set of its own, as another process would have.</summary>
    public static PlatformConnectors Create()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddPlatforms(new ConfigurationBuilder().Build());
        return services.BuildServiceProvider().GetRequiredService<PlatformConnectors>();
    }
}
