using System.Diagnostics;

namespace Marketline.LocalHost.Engine.Scheduling;

/// <summary>Carries a stored W3C trace context over to the code that runs on its behalf, whether or not anybody listens.</summary>
internal static class EngineTrace
{
    private static readonly ActivitySource Source = new("Microsoft.DurableTask");

    /// <summary>What a call made now passes on.</summary>
    public static string? CurrentTraceParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;

    /// <summary>Started and made current; null where there is neither a context nor a listener.</summary>
    public static Activity? Start(string kind, string task, string? traceParent)
    {
        if (traceParent is null && !Source.HasListeners())
        {
            return null;
        }

        var name = $"{kind}:{task}";
        return traceParent is null || !ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? Source.StartActivity(name, ActivityKind.Server)
            : Source.StartActivity(name, ActivityKind.Server, parent) ?? new Activity(name).SetParentId(traceParent).Start();
    }
}
