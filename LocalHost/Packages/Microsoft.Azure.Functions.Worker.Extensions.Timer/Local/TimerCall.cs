using System.Diagnostics;
using Microsoft.Azure.Functions.Worker.Local.Invocation;

namespace Microsoft.Azure.Functions.Worker.Local.Timers;

/// <summary>One run of a timer; a trace begins with it.</summary>
internal sealed class TimerCall(TimerInfo info) : FunctionCall
{
    public TimerInfo Info => info;

    public override Activity StartActivity(string function) => InvocationActivity.Start(function, traceParent: null);
}
