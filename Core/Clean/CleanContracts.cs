using Marketline.Core.Runs;

namespace Marketline.Core.Clean;

/// <summary>The activities of extraction and cleaning.</summary>
public static class CleanContracts
{
    public static readonly ActivityContract<CleanBatchInput, CleanBatchOutput> CleanBatch = new("CleanBatchActivity");

    /// <summary>Takes over what of another run's batch was clean.</summary>
    public static readonly ActivityContract<CleanBatchInput, CleanBatchOutput> ReuseBatch = new("ReuseBatchActivity");

    /// <summary>For a batch that can not be cleaned: records every target of it as failed, so that none is lost.</summary>
    public static readonly ActivityContract<CleanBatchInput, CleanBatchOutput> FailBatch = new("FailBatchActivity");
}
