using Marketline.Core.Lineage;
using Marketline.Core.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Marketline.Orchestrators.Lineage;

/// <summary>
/// Keeps a run's records: writes lineage rows from the batches' outcome blobs, then opens or closes the run's row. Runs
/// beside the run and, but for windows, never gives up: while the tables are away it waits, and catches up when they are back.
/// </summary>
public sealed class RecordRunOrchestrator
{
    /// <summary>As many batches of 200 objects as fill the 16 partitions of the object index with 100-entity transactions.</summary>
    private const int BatchesPerWrite = 8;

    /// <summary>After so many writes the history starts anew.</summary>
    private const int WritesPerHistory = 50;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(2);

    [Function(nameof(RecordRunOrchestrator))]
    public async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var checkpoint = context.GetInput<RecordRunCheckpoint>()!;
        if (checkpoint.Summary is null && checkpoint.Batches.Count > 0)
        {
            await RecordWindowAsync(context, checkpoint);
            return;
        }

        if (checkpoint.IsAgain)
        {
            var listed = await UntilDoneAsync(context, LineageContracts.ListBatches, new ListBatchesInput(checkpoint.Run));
            checkpoint = checkpoint with { Batches = listed.Batches, IsAgain = false };
        }

        var chunks = Chunks(checkpoint);
        var rowCount = checkpoint.RowCount;
        foreach (var chunk in chunks.Take(WritesPerHistory))
        {
            var input = new WriteLineageInput(checkpoint.Run, chunk.First, chunk.Count, GoldOutcomes.LeftOverReason);
            rowCount += (await UntilDoneAsync(context, LineageContracts.WriteLineage, input)).RowCount;
        }

        if (chunks.Count > WritesPerHistory)
        {
            var rest = BatchRange.From(chunks[WritesPerHistory].First, checkpoint.Batches);
            context.ContinueAsNew(checkpoint with { Batches = rest, RowCount = rowCount });
            return;
        }

        var record = new RecordRunInput(checkpoint.Run, checkpoint.Summary, rowCount);
        await UntilDoneAsync(context, LineageContracts.RecordRun, record);
    }

    private static List<BatchRange> Chunks(RecordRunCheckpoint checkpoint) =>
        [.. checkpoint.Batches.SelectMany(range => range.Chunks(BatchesPerWrite))];

    /// <summary>
    /// A window in the middle of a run is tried once: the closing record writes its rows again, and a window that came after
    /// that one would put objects that have failed back in transit.
    /// </summary>
    private static async Task RecordWindowAsync(TaskOrchestrationContext context, RecordRunCheckpoint checkpoint)
    {
        try
        {
            foreach (var chunk in Chunks(checkpoint))
            {
                var input = new WriteLineageInput(checkpoint.Run, chunk.First, chunk.Count);
                await context.CallAsync(LineageContracts.WriteLineage, input);
            }
        }
        catch (TaskFailedException failure)
        {
            context.SetCustomStatus($"left to the closing record: {failure.Reason()}");
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
                context.SetCustomStatus($"waiting: {failure.Reason()}");
                await context.CreateTimer(delay, CancellationToken.None);
                delay = delay * 2 < MaxDelay ? delay * 2 : MaxDelay;
            }
        }
    }
}
