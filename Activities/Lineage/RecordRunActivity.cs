using Marketline.Core.Lineage;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Activities.Lineage;

/// <summary>Opens or closes a run's row. A closed row stays closed, so the order in which the two arrive does not matter.</summary>
public sealed class RecordRunActivity(TableRunStore runs, RunAlerts alerts, TimeProvider time)
{
    /// <summary>Twenty lines of it fit into a column of the row.</summary>
    private const int MaxProblemLength = 500;

    [Function(nameof(RecordRunActivity))]
    public async Task<RecordRunOutput> RunAsync(
        [ActivityTrigger] RecordRunInput input,
        CancellationToken cancellationToken
    )
    {
        await runs.UpdateAsync(input.Run.RunId, row => Change(row, input), cancellationToken);
        if (input.Summary is not null)
        {
            await alerts.EndAsync(input.Run.RunId, cancellationToken);
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

        return row.Status == RunStatus.Scheduled
            ? row with { Status = RunStatus.Running, StartedUtc = time.GetUtcNow() }
            : null;
    }

    private static string Short(string problem) => problem.Length > MaxProblemLength ? problem[..MaxProblemLength] : problem;
}
