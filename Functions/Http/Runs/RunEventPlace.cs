using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Marketline.Core.Runs;

namespace Marketline.Functions.Http.Runs;

/// <summary>
/// What a listener has heard of a run: the id of an event. A stream that is taken up again, on whichever worker, tells what is
/// new since then, and nothing that was told.
/// </summary>
/// <param name="Status">Null before the first event.</param>
/// <param name="ProblemCount">The problems told, in the run's order.</param>
internal sealed record RunEventPlace(RunStatus? Status, int Phase, int BatchesDone, long PagesDone, int ProblemCount, bool IsEnd)
{
    public static readonly RunEventPlace Start = new(null, -1, 0, 0, 0, false);

    private const string End = "end";
    private static readonly string[] Phases = ["planning", "crawling", "aggregating", "done"];

    /// <summary>Whether the progress is further than what was told: another worker's may be older.</summary>
    public bool IsBehind(ProgressView progress) =>
        Ordered(Array.IndexOf(Phases, progress.Phase), progress.BatchesDone, progress.PagesDone).CompareTo(Ordered(Phase, BatchesDone, PagesDone)) > 0;

    public RunEventPlace With(ProgressView progress) =>
        this with
        {
            Phase = Array.IndexOf(Phases, progress.Phase),
            BatchesDone = progress.BatchesDone,
            PagesDone = progress.PagesDone,
        };

    public override string ToString() =>
        IsEnd ? End : string.Create(CultureInfo.InvariantCulture, $"{Status}.{Phase}.{BatchesDone}.{PagesDone}.{ProblemCount}");

    public static bool TryParse(string? text, [NotNullWhen(true)] out RunEventPlace? place)
    {
        place = text == End ? Start with { IsEnd = true } : null;
        if (place is null && text is { Length: < 100 } && text.Split('.') is { Length: 5 } parts)
        {
            place =
                Enum.TryParse<RunStatus>(parts[0], out var status)
                && Enum.IsDefined(status)
                && TryNumber(parts[1], out var phase)
                && TryNumber(parts[2], out var batches)
                && long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var pages)
                && TryNumber(parts[4], out var problems)
                    ? new RunEventPlace(status, phase, batches, pages, problems, false)
                    : null;
        }

        return place is not null;
    }

    private static (int Phase, int Batches, long Pages) Ordered(int phase, int batches, long pages) => (phase, batches, pages);

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
