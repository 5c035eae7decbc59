using Marketline.Core.Lineage;
using Marketline.Core.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Marketline.Orchestrators.Lineage;

/// <summary>
/// Keeps a run's records: writes lineage rows from the batches' outcome blobs, then opens or closes the run's row. Runs
/// beside the run and never gives up: while the tables are away it waits, and catches up when they are back.
/// </summary>
public sealed class RecordRunOrchestrator
{
    /// <summary>As many batches of 200 objects as fill the 16 partitions of the object index with 100-entity transactions.</summary>
    private const int BatchesPerWrite = 8;

    /// <summary>After so many writes the history starts anew.</summary>
    private const int WritesPerHistory = 50;

    private const string LeftOverReason = "not-aggregated";

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(2);

    [Function(nameof(RecordRunOrchestrator))]
    public async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var checkpoint = context.GetInput<RecordRunCheckpoint>()!;
        var chunks = checkpoint.Batches.SelectMany(range => range.Chunks(BatchesPerWrite)).ToList();
        var rowCount = checkpoint.RowCount;
        foreach (var chunk in chunks.Take(WritesPerHistory))
        {
            var reason = checkpoint.Summary is null ? null : LeftOverReason;
            var input = new WriteLineageInput(checkpoint.Run, chunk.First, chunk.Count, reason);
            rowCount += (await UntilDoneAsync(context, LineageContracts.WriteLineage, input)).RowCount;
        }

        if (chunks.Count > WritesPerHistory)
        {
            var rest = checkpoint with { Batches = [.. chunks.Skip(WritesPerHistory)], RowCount = rowCount };
            context.ContinueAsNew(rest);
            return;
        }

        // A window in the middle of a run has nothing to say about the run's row.
        if (checkpoint.Summary is not null || checkpoint.Batches.Count == 0)
        {
            var input = new RecordRunInput(checkpoint.Run, checkpoint.Summary, rowCount);
            await UntilDoneAsync(context, LineageContracts.RecordRun, input);
        }
    }

    private static async Task<TOutput> UntilDoneAsync<TInput, TOutput>(
        TaskOrchestrationContext context,
        ActivityContract<TInput, TOutput> contract,
        TInput input
    )
    {
        var delay = FirstDelay;
        while (true)
        {
            try
            {
                return await context.CallAsync(contract, input);
            }
            catch (TaskFailedException failure)
            {
                context.SetCustomStatus($"waiting: {failure.FailureDetails.ErrorMessage}");
                await context.CreateTimer(delay, CancellationToken.None);
                delay = delay * 2 < MaxDelay ? delay * 2 : MaxDelay;
            }
        }
    }
}
