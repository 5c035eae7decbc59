using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Runs;

/// <summary>A run that was asked for.</summary>
/// <param name="Outcome">Whether it goes on, waits for its turn, or was asked for before.</param>
/// <param name="Reason">Why it waits.</param>
internal sealed record StartedRun(RunId RunId, StartOutcome Outcome = StartOutcome.Started, string? Reason = null)
{
    public static IResult Answer(StartResult result) =>
        result.Outcome is StartOutcome.Refused or StartOutcome.Skipped
            ? Problems.Conflict("The run was not started.", result.Reason!)
            : Results.Accepted(RunAddress.Of(result.RunId), new StartedRun(result.RunId, result.Outcome, result.Reason));
}
