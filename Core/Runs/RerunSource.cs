namespace Marketline.Core.Runs;

/// <summary>What a rerun takes from an earlier run of the tenant.</summary>
/// <param name="From">Never <see cref="RerunStep.Lineage"/>, which needs no run.</param>
/// <param name="Run">The run that is repeated: its targets, outcomes and clean files.</param>
/// <param name="Raw">The run whose raw archive has the pages: another one where <paramref name="Run"/> has fetched nothing itself.</param>
public sealed record RerunSource(RerunStep From, RerunScope Only, RunRef Run, RunRef Raw);
