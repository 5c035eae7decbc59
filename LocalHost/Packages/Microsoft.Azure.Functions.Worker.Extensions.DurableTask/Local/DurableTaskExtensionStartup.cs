using Marketline.LocalHost.Engine;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Local.Durable;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: WorkerExtensionStartup(typeof(DurableTaskExtensionStartup))]

namespace Microsoft.Azure.Functions.Worker.Local.Durable;

internal sealed class DurableTaskExtensionStartup : WorkerExtensionStartup
{
    public override void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder)
    {
        var services = applicationBuilder.Services;
        services.AddSingleton(DurableSettings.Read);
        services.AddSingleton(provider => new DurableEngine(
            provider.GetRequiredService<DurableEngineOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<ITriggerSupport, OrchestrationTriggerSupport>();
        services.AddSingleton<ITriggerSupport, ActivityTriggerSupport>();
        services.AddSingleton<IInputSupport, DurableClientSupport>();
        services.AddSingleton<IHostPart, DurableHostPart>();
    }
}
