using Marketline.LocalHost.Engine;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Azure.Functions.Worker.Local.Invocation;

namespace Microsoft.Azure.Functions.Worker.Local.Durable;

/// <summary>Gives the app's orchestrators and activities to the durable engine and runs it.</summary>
internal sealed class DurableHostPart(FunctionCatalog catalog, FunctionInvoker invoker, DurableEngine engine) : IHostPart
{
    public HostPhase Phase => HostPhase.BeforeHttp;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var function in catalog.Of<OrchestrationTriggerAttribute>())
        {
            engine.AddOrchestrator(
                DurableNames.Of(function),
                context => invoker.InvokeAsync(function, new OrchestrationCall(context) { CancellationToken = CancellationToken.None }));
        }

        foreach (var function in catalog.Of<ActivityTriggerAttribute>())
        {
            engine.AddActivity(
                DurableNames.Of(function),
                (call, token) => invoker.InvokeAsync(function, new DurableActivityCall(call) { CancellationToken = token }));
        }

        return engine.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}
