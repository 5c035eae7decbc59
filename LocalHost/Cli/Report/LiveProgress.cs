using Marketline.LocalHost.Cli.Api;
using Spectre.Console;

namespace Marketline.LocalHost.Cli.Report;

/// <summary>Shows how far runs are while they go on: bars in a terminal, a line per change elsewhere.</summary>
internal static class LiveProgress
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(400);

    /// <returns>The runs when each is over and its lineage written.</returns>
    public static async Task<IReadOnlyList<RunState>> WatchAsync(
        IReadOnlyList<StartedRun> runs,
        CancellationToken cancellationToken
    )
    {
        var states = new RunState[runs.Count];
        await AnsiConsole
            .Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var bars = runs.Select(run => progress.AddTask(Markup.Escape(run.Name))).ToArray();
                var open = Enumerable.Range(0, runs.Count).ToHashSet();
                while (open.Count > 0)
                {
                    foreach (var i in open.ToArray())
                    {
                        states[i] = await runs[i].Client.GetRunAsync(runs[i].RunId, cancellationToken);
                        Show(bars[i], runs[i].Name, states[i]);
                        if (states[i] is { IsOver: true, IsLineageComplete: true })
                        {
                            open.Remove(i);
                        }
                    }

                    await Task.Delay(Period, cancellationToken);
                }
            });
        return states;
    }

    private static void Show(ProgressTask bar, string name, RunState state)
    {
        if (state.IsOver)
        {
            bar.Description = Markup.Escape($"{name} {(state.IsLineageComplete ? "done" : "writing lineage")}");
            bar.Value = state.IsLineageComplete ? bar.MaxValue : bar.MaxValue * 0.99;
        }
        else if (state.Progress is { } progress)
        {
            bar.Description = Markup.Escape($"{name} {progress.Phase} {progress.PagesDone}/{progress.TargetCount} pages");
            bar.MaxValue = Math.Max(1, progress.TargetCount * 1.05);
            bar.Value = Math.Min(progress.PagesDone, bar.MaxValue * 0.95);
        }
    }
}
