using Marketline.Core.Naming;

namespace Marketline.Core.Runs;

/// <param name="Reason">Why there is no run, or why it waits; null when it was started.</param>
public sealed record StartResult(RunId RunId, StartOutcome Outcome, string? Reason = null);
