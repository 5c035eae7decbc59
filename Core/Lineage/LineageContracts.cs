using Marketline.Core.Runs;

namespace Marketline.Core.Lineage;

/// <summary>The activities that keep a run's records. They need tables; the run itself does not.</summary>
public static class LineageContracts
{
    public static readonly ActivityContract<WriteLineageInput, WriteLineageOutput> WriteLineage = new("WriteLineageActivity");

    /// <summary>Which batches of a run have an outcome blob.</summary>
    public static readonly ActivityContract<ListBatchesInput, ListBatchesOutput> ListBatches = new("ListBatchesActivity");

    public static readonly ActivityContract<RecordRunInput, RecordRunOutput> RecordRun = new("RecordRunActivity");
}
