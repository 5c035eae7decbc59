using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Microsoft.DurableTask;

namespace Marketline.Orchestrators.Lineage;

internal static class RecordKeeping
{
    /// <summary>
    /// DTFx's tag (DurableTask.Core, <c>OrchestrationTags.FireAndForget</c>): the parent does not wait for this child. Without
    /// it an orchestration completes only when all that it called has ended, awaited or not.
    /// </summary>
    private static readonly Dictionary<string, string> FireAndForget = new() { ["FireAndForget"] = "true" };

    /// <summary>Keeps records beside the run: the run neither waits for them nor fails with them.</summary>
    /// <param name="phase">See <see cref="InstanceIds.Record"/>.</param>
    public static void StartRecord(this TaskOrchestrationContext context, string phase, RecordRunCheckpoint record) =>
        _ = context.CallSubOrchestratorAsync(
            nameof(RecordRunOrchestrator),
            record,
            new SubOrchestrationOptions(new TaskOptions(), InstanceIds.Record(record.Run.RunId, phase)) { Tags = FireAndForget }
        );
}
