using System.Globalization;
using Marketline.Core.Runs;
using Spectre.Console;

namespace Marketline.LocalHost.Cli.Report;

/// <summary>The summary for a person: a row per tenant, platform and kind, and the totals.</summary>
internal static class SummaryTable
{
    private static readonly string[] Numbers =
    [
        "pages", "ingested", "deliv.", "unch.", "filt.", "quar.", "failed", "batches", "datasets", "lineage", "seconds",
    ];

    public static void Print(RunSummaryDocument summary)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var name in (string[])["tenant", "platform", "kind", "status"])
        {
            table.AddColumn(name);
        }

        foreach (var name in Numbers)
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var run in summary.Runs)
        {
            var colour = run.Status == RunStatus.Completed ? "green" : "red";
            table.AddRow(
                [
                    run.Tenant, run.Platform, run.Kind, $"[{colour}]{run.Status}[/]",
                    .. Cells(run.Pages, run.Objects, run.Batches, run.Datasets.Count, run.LineageRows, run.DurationSeconds),
                ]
            );
        }

        var totals = summary.Totals;
        table.AddRow(
            [
                "[bold]total[/]", "", "", "",
                .. Cells(totals.Pages, totals.Objects, totals.Batches, totals.Datasets, totals.LineageRows, totals.DurationSeconds),
            ]
        );
        AnsiConsole.Write(table);
        foreach (var problem in summary.Runs.SelectMany(run => run.Problems.Select(text => $"{run.Tenant} {run.Platform} {run.Kind}: {text}")))
        {
            AnsiConsole.MarkupLineInterpolated($"[red]![/] {problem}");
        }

        foreach (var (field, score) in summary.Scores ?? new Dictionary<string, RunSummaryDocument.Score>())
        {
            AnsiConsole.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{field, -14} F1 {score.F1:0.000}  precision {score.Precision:0.000}  recall {score.Recall:0.000}")
            );
        }
    }

    private static string[] Cells(long pages, ObjectCounts objects, int batches, int datasets, long lineage, double seconds) =>
        [
            Text(pages), Text(objects.Ingested), Text(objects.Delivered), Text(objects.Unchanged), Text(objects.Filtered),
            Text(objects.Quarantined), Text(objects.Failed), Text(batches), Text(datasets), Text(lineage),
            seconds.ToString("0.0", CultureInfo.InvariantCulture),
        ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
