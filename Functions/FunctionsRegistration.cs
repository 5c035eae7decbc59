using System.Text.Json;
using System.Text.Json.Serialization;
using Marketline.Core.Json;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Datasets;
using Marketline.Functions.Http.Examples;
using Marketline.Functions.Http.Keys;
using Marketline.Functions.Http.Operations;
using Marketline.Functions.Http.Paging;
using Marketline.Functions.Http.Plans;
using Marketline.Functions.Http.RateLimits;
using Marketline.Functions.Http.Reference;
using Marketline.Functions.Http.Runs;
using Marketline.Functions.Http.Tenants;
using Marketline.Functions.Http.Unknown;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Marketline.Functions;

internal static class FunctionsRegistration
{
    public static IServiceCollection AddFunctions(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<AccessOptions>()
            .Bind(configuration.GetSection(AccessOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        services.AddSingleton<ApiCatalog>();
        services.AddSingleton<ApiExamples>();
        services.AddSingleton(provider => new ReferenceTexts(provider.GetRequiredService<ApiCatalog>(), provider.GetRequiredService<ApiExamples>()));
        services.AddSingleton(provider => new UnknownRoutes(provider.GetRequiredService<ApiCatalog>()));
        services.AddSingleton<TokenAccess>();
        services.AddSingleton<ApiAccess>();
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<PageCursors>();
        services.AddSingleton<KeyDesk>();
        services.AddSingleton<PlanPreview>();
        services.AddSingleton<ExtractionTrials>();
        services.AddSingleton<PlanDesk>();
        services.AddSingleton<TenantDesk>();
        services.AddSingleton<FirstAdminKey>();
        services.AddHostedService<FirstAdminKeyService>();
        services.AddSingleton<DatasetReader>();
        services.AddSingleton<QueryPages>();
        services.AddSingleton<DatasetDownloads>();
        services.AddSingleton<RunStarter>();
        services.AddSingleton<RunWatch>();
        services.AddSingleton<SlotStarter>();
        services.AddSingleton<PlanPauses>();
        services.AddSingleton<PlanWriter>();
        services.AddSingleton<RunViews>();
        services.AddSingleton<RunControl>();
        services.AddSingleton<RunListeners>();
        services.AddSingleton<RunObjectReader>();
        services.AddSingleton<LineageRepeater>();
        services.AddSingleton<RerunDesk>();
        services.Configure<JsonOptions>(options => Apply(options.JsonSerializerOptions));
        services.ConfigureHttpJsonOptions(options => Apply(options.SerializerOptions));
        return services;
    }

    private static void Apply(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JsonFormat.Options.Encoder;
        options.MaxDepth = JsonFormat.Options.MaxDepth;
    }
}
