namespace Microsoft.Azure.Functions.Worker.Core;

/// <summary>What an extension does once while the app is being built.</summary>
internal abstract class WorkerExtensionStartup
{
    public abstract void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder);
}
