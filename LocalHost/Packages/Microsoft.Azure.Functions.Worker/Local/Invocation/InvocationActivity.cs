using System.Diagnostics;

namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>A call always has an activity, so that a trace goes on through it even when nobody listens.</summary>
internal static class InvocationActivity
{
    private static readonly ActivitySource Source = new("Microsoft.Azure.Functions.Worker");

    public static Activity Start(string function, string? traceParent, string? traceState = null)
    {
        ActivityContext.TryParse(traceParent, traceState, out var parent);
        var name = $"function {function}";
        if (Source.StartActivity(name, ActivityKind.Internal, parent) is { } activity)
        {
            return activity;
        }

        activity = new Activity(name);
        if (traceParent is not null)
        {
            activity.SetParentId(traceParent);
            activity.TraceStateString = traceState;
        }

        return activity.Start();
    }
}
