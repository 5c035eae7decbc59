using Marketline.Activities.Admission;
using Marketline.Core.Lineage;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Marketline.Activities.Lineage;

/// <summary>
/// Opens or closes a run's row. A closed row stays closed, so the order in which the two arrive does not matter. Closing frees
/// the run's place, and starts the run that gets it.
/// </summary>
public sealed class RecordRunActivity(TableRunStore runs, RunQueue queue, RunAlerts alerts, TimeProvider time)
{
    /// <summary>Twenty lines of it fit into a column of the row.</summary>
    private const int MaxProblemLength = 500;

    [Function(nameof(RecordRunActivity))]
    public async Task<RecordRunOutput> RunAsync(
        [ActivityTrigger] RecordRunInput input,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        await runs.UpdateAsync(input.Run.RunId, row => Change(row, input), cancellationToken);
        if (input.Summary is not null)
        {
            await alerts.EndAsync(input.Run.RunId, cancellationToken);
            await queue.LeaveAsync(client, input.Run.RunId, cancellationToken);
        }

        return new RecordRunOutput();
    }

    private RunRecord? Change(RunRecord row, RecordRunInput input)
    {
        if (input.Summary is { } summary)
        {
            return row with
            {
                Status = summary.Status,
                StartedUtc = summary.StartedUtc,
                FinishedUtc = summary.FinishedUtc,
                PageCount = summary.PageCount,
                BatchCount = summary.BatchCount,
                Objects = summary.Objects,
                Datasets = summary.Datasets,
                Problems = [.. summary.Problems.Select(Short)],
                LineageRowCount = input.LineageRowCount,
                IsLineageComplete = true,
            };
        }

        return row.Status.IsAhead()
            ? row with { Status = RunStatus.Running, StartedUtc = time.GetUtcNow() }
            : null;
    }

    private static string Short(string problem) => problem.Length > MaxProblemLength ? problem[..MaxProblemLength] : problem;
}
