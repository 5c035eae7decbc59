using Marketline.Analytics.Clean;
using Marketline.Analytics.DuckDb;
using Marketline.Analytics.Gold;
using Marketline.Analytics.Query;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Marketline.Analytics;

public static class AnalyticsRegistration
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<AnalyticsOptions>()
            .Bind(configuration.GetSection(AnalyticsOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<DuckDbJobs>();
        services.AddSingleton<CleanBatchWriter>();
        services.AddSingleton(provider => new GoldAggregator(
            provider.GetRequiredService<DuckDbJobs>(),
            provider.GetRequiredService<IOptions<AnalyticsOptions>>()
        ));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DatasetQuery>();
        return services;
    }
}
