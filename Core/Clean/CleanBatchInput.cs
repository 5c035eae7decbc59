using Marketline.Core.Extract;
using Marketline.Core.Runs;

namespace Marketline.Core.Clean;

/// <param name="TargetCount">How many targets were planned: what must be accounted for even if the list is lost.</param>
/// <param name="Problem">
/// Why the batch's crawl ended early, or null: the reason that targets without a page in the raw archive get.
/// </param>
/// <param name="Source">The run whose batch is done again; null: the run's own.</param>
/// <param name="Selectors">The site's, as the plan had them when the run started: extraction depends on these and the archive only.</param>
public sealed record CleanBatchInput(
    RunRef Run,
    int Batch,
    int TargetCount,
    string? Problem = null,
    RunRef? Source = null,
    IReadOnlyList<FieldOverride>? Selectors = null
);
