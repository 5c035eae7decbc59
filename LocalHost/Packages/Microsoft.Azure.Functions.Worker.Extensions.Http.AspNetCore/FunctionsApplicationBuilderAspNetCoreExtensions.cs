using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Azure.Functions.Worker.Local.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Has HTTP functions take and return the types of ASP.NET Core.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddMvcCore();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ITriggerSupport, HttpTriggerSupport>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IEndpointContributor, FunctionEndpoints>());
        return builder;
    }

    /// <inheritdoc cref="ConfigureFunctionsWebApplication(FunctionsApplicationBuilder)"/>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(
        this FunctionsApplicationBuilder builder, Action<IFunctionsWorkerApplicationBuilder> configureWorker)
    {
        builder.ConfigureFunctionsWebApplication();
        configureWorker(builder);
        return builder;
    }
}
