using Marketline.Activities.Clean;
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
        services.AddSingleton<AuthorKeys>();
        return services;
    }
}
