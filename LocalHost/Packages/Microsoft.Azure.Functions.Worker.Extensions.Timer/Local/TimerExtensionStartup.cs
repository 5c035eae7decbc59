using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Azure.Functions.Worker.Local.Timers;
using Microsoft.Extensions.DependencyInjection;

[assembly: WorkerExtensionStartup(typeof(TimerExtensionStartup))]

namespace Microsoft.Azure.Functions.Worker.Local.Timers;

internal sealed class TimerExtensionStartup : WorkerExtensionStartup
{
    public override void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder)
    {
        applicationBuilder.Services.AddSingleton<TimerStateStore>();
        applicationBuilder.Services.AddSingleton<TimerSchedules>();
        applicationBuilder.Services.AddSingleton<ITriggerSupport, TimerTriggerSupport>();
        applicationBuilder.Services.AddSingleton<IHostPart, TimerHostPart>();
    }
}
