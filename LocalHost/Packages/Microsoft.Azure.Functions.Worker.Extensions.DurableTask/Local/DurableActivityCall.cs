using System.Diagnostics;
using Marketline.LocalHost.Engine;
using Microsoft.Azure.Functions.Worker.Local.Invocation;

namespace Microsoft.Azure.Functions.Worker.Local.Durable;

/// <summary>One run of an activity, in the trace of the orchestration that called it.</summary>
internal sealed class DurableActivityCall(ActivityCall call) : FunctionCall
{
    private Dictionary<string, object?>? _bindingData;

    public string? Input => call.Input;

    public override IReadOnlyDictionary<string, object?> BindingData =>
        _bindingData ??= new(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = call.InstanceId };

    /// <summary>The engine does, and keeps the failure in the history.</summary>
    public override bool LogsFailure => false;

    public override Activity? StartActivity(string function) =>
        Activity.Current is null ? InvocationActivity.Start(function, call.TraceParent) : null;
}
