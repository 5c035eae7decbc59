using Marketline.Core.Runs;

namespace Marketline.Core.Lineage;

/// <param name="Summary">Null at the run's start; its result at the end.</param>
/// <param name="LineageRowCount">With the summary: the rows that were written.</param>
public sealed record RecordRunInput(RunRef Run, RunSummary? Summary = null, long LineageRowCount = 0);
