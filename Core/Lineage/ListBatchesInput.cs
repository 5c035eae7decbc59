using Marketline.Core.Runs;

namespace Marketline.Core.Lineage;

public sealed record ListBatchesInput(RunRef Run);
