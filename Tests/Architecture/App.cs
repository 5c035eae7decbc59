using System.Reflection;
using Marketline.Analytics;
using Marketline.Core.Runs;
using Marketline.Orchestrators.Crawl;
using Marketline.Platforms;
using Marketline.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Tests.Architecture;

/// <summary>The app as reflection sees it.</summary>
internal static class App
{
    public static readonly Assembly Functions = typeof(TenantCrawlOrchestrator).Assembly;
    public static readonly Assembly Core = typeof(RunRef).Assembly;
    public static readonly Assembly Platforms = typeof(PlatformRegistration).Assembly;
    public static readonly Assembly Storage = typeof(StorageRegistration).Assembly;
    public static readonly Assembly Analytics = typeof(AnalyticsRegistration).Assembly;

    public static readonly IReadOnlyList<Assembly> Assemblies = [Functions, Core, Platforms, Storage, Analytics];

    /// <summary>Every function of the app.</summary>
    public static IReadOnlyList<FunctionMethod> AllFunctions { get; } =
    [
        .. from type in Functions.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        select new FunctionMethod(function.Name, type, method),
    ];

    public static IEnumerable<FunctionMethod> Triggered<TTrigger>()
        where TTrigger : Attribute => AllFunctions.Where(function => function.TriggerParameter<TTrigger>() is not null);
}
