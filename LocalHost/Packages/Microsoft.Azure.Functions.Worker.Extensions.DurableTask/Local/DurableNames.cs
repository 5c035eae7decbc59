using Microsoft.Azure.Functions.Worker.Local.Functions;

namespace Microsoft.Azure.Functions.Worker.Local.Durable;

/// <summary>The name under which a durable function is called: its own, unless its trigger says another.</summary>
internal static class DurableNames
{
    public static string Of(FunctionDescriptor function) => function.Trigger switch
    {
        OrchestrationTriggerAttribute { Orchestration: { Length: > 0 } name } => name,
        ActivityTriggerAttribute { Activity: { Length: > 0 } name } => name,
        _ => function.Name,
    };

    public static void CheckUnique(FunctionDescriptor function, IReadOnlyList<FunctionDescriptor> all)
    {
        var same = all.FirstOrDefault(other => other != function && other.Trigger.GetType() == function.Trigger.GetType()
            && string.Equals(Of(other), Of(function), StringComparison.OrdinalIgnoreCase));
        if (same is not null)
        {
            throw function.Complain($"its durable name '{Of(function)}' is taken by function '{same.Name}'.");
        }
    }
}
