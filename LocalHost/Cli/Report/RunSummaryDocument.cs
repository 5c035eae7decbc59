using Marketline.Core.Runs;
using Marketline.LocalHost.Cli.Api;

namespace Marketline.LocalHost.Cli.Report;

/// <summary>The form of <c>artifacts/run-summary.json</c>.</summary>
internal sealed record RunSummaryDocument
{
    public required IReadOnlyList<Run> Runs { get; init; }

    public required Sums Totals { get; init; }

    /// <summary>With <c>--pages</c>: how well the fields were found.</summary>
    public IReadOnlyDictionary<string, Score>? Scores { get; init; }

    public static RunSummaryDocument Of(IReadOnlyList<RunState> runs) =>
        new()
        {
            Runs = [.. runs.Select(Run.Of)],
            Totals = new Sums(
                runs.Sum(run => run.PageCount),
                runs.Aggregate(ObjectCounts.None, (sum, run) => sum + run.Objects),
                runs.Sum(run => run.BatchCount),
                runs.Sum(run => run.Datasets.Count),
                runs.Sum(run => run.LineageRowCount),
                Seconds(runs.Min(run => run.StartedUtc), runs.Max(run => run.FinishedUtc))
            ),
        };

    private static double Seconds(DateTimeOffset? from, DateTimeOffset? to) =>
        from is null || to is null ? 0 : Math.Round((to.Value - from.Value).TotalSeconds, 3);

    internal sealed record Run
    {
        public required string Tenant { get; init; }
        public required string Platform { get; init; }
        public required string Kind { get; init; }
        public required string RunId { get; init; }
        public required RunStatus Status { get; init; }
        public required long Pages { get; init; }
        public required ObjectCounts Objects { get; init; }
        public required int Batches { get; init; }
        public required IReadOnlyList<Dataset> Datasets { get; init; }
        public required long LineageRows { get; init; }
        public required double DurationSeconds { get; init; }
        public required IReadOnlyList<string> Problems { get; init; }

        public static Run Of(RunState run) =>
            new()
            {
                Tenant = run.TenantId,
                Platform = run.Platform,
                Kind = run.Kind,
                RunId = run.RunId,
                Status = run.Status,
                Pages = run.PageCount,
                Objects = run.Objects,
                Batches = run.BatchCount,
                Datasets = [.. run.Datasets.Select(set => new Dataset(set.Name, set.Blob, set.RowCount))],
                LineageRows = run.LineageRowCount,
                DurationSeconds = Seconds(run.StartedUtc, run.FinishedUtc),
                Problems = run.Problems,
            };
    }

    internal sealed record Dataset(string Name, string Blob, long Rows);

    internal sealed record Sums(
        long Pages,
        ObjectCounts Objects,
        int Batches,
        int Datasets,
        long LineageRows,
        double DurationSeconds
    );

    internal sealed record Score(double Precision, double Recall, double F1);
}
