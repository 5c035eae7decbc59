using Marketline.Activities.Admission;
using Marketline.Activities.Clean;
using Marketline.Activities.Crawl;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Activities;

internal static class ActivitiesRegistration
{
    public static IServiceCollection AddActivities(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<PrivacyOptions>()
            .Bind(configuration.GetSection(PrivacyOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services
            .AddOptions<AdmissionOptions>()
            .Bind(configuration.GetSection(AdmissionOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<AuthorKeys>();
        services.AddSingleton<TableAbsence>();
        services.AddSingleton<TenantBounds>();
        services.AddSingleton<TenantStanding>();
        services.AddSingleton<BatchAdmission>();
        services.AddSingleton<SiteAccess>();
        services.AddSingleton<PageQuota>();
        services.AddSingleton<CountedCrawler>();
        services.AddSingleton<KnownPages>();
        services.AddSingleton<RunBudgets>();
        services.AddSingleton<RunLauncher>();
        services.AddSingleton<RunQueue>();
        services.AddSingleton<RunQueueRepair>();
        services.AddSingleton<RunCanceller>();
        return services;
    }
}
