using System.Diagnostics;

namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>What a trigger hands over to have a function run once.</summary>
internal abstract class FunctionCall
{
    private static readonly IReadOnlyDictionary<string, object?> NoData = new Dictionary<string, object?>();

    public virtual IReadOnlyDictionary<string, object?> BindingData => NoData;

    /// <summary>Fires when the caller gives up.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>Ends with host.json's time limit and with the host; orchestrators wait for days and do not.</summary>
    public virtual bool IsBounded => true;

    /// <summary>False where the trigger reports failures itself.</summary>
    public virtual bool LogsFailure => true;

    /// <summary>The trace that the call belongs to; null where the current activity is already the caller's.</summary>
    public virtual Activity? StartActivity(string function) => null;

    public virtual void Prepare(LocalFunctionContext context)
    {
    }

    /// <summary>Uses the result while the call's services are still alive.</summary>
    public virtual Task CompleteAsync(LocalFunctionContext context) => Task.CompletedTask;
}
