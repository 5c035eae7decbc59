using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.DurableTask;

namespace Microsoft.Azure.Functions.Worker.Local.Durable;

/// <summary>One run of an orchestrator's code, from its history or further.</summary>
internal sealed class OrchestrationCall(TaskOrchestrationContext context) : FunctionCall
{
    private Dictionary<string, object?>? _bindingData;

    public TaskOrchestrationContext Context => context;

    public override IReadOnlyDictionary<string, object?> BindingData =>
        _bindingData ??= new(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = context.InstanceId };

    public override bool IsBounded => false;

    /// <summary>The engine does, once and not at every replay.</summary>
    public override bool LogsFailure => false;
}
