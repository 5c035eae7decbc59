using Marketline.Core.Runs;

namespace Marketline.Functions.Http.Runs;

/// <summary>What is new of a run for a listener.</summary>
internal static class RunEvents
{
    public static IEnumerable<RunEvent> Since(RunEventPlace place, RunView run, bool isEnded)
    {
        if (place.IsEnd)
        {
            yield break;
        }

        if (run.Status != place.Status)
        {
            place = place with { Status = run.Status };
            yield return new RunEvent("status", new RunStatusEvent(run.Status), place);
        }

        if (run.Progress is { } progress && place.IsBehind(progress))
        {
            place = place.With(progress);
            yield return new RunEvent("progress", progress, place);
        }

        while (place.ProblemCount < run.Problems.Count)
        {
            var problem = run.Problems[place.ProblemCount];
            place = place with { ProblemCount = place.ProblemCount + 1 };
            yield return new RunEvent("problem", new RunProblemEvent(problem), place);
        }

        if (isEnded)
        {
            yield return new RunEvent("end", run, place with { IsEnd = true });
        }
    }

    private sealed record RunStatusEvent(RunStatus Status);

    private sealed record RunProblemEvent(string Problem);
}
