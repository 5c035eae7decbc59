using System.Reflection;

namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsApplication
{
    /// <summary>Starts building an app of the functions in the entry assembly and the assemblies it references.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) =>
        Local.HostExit.OnStartFailure(() => new FunctionsApplicationBuilder(
            Local.HostLaunch.OfProcess(args, Assembly.GetEntryAssembly()!)));
}
