using Marketline.Core.Runs;

namespace Marketline.Core.Aggregate;

/// <summary>What the gold step came to.</summary>
public sealed record AggregateOutput
{
    /// <summary>Another run of the tenant is writing gold: nothing was done, try again later.</summary>
    public bool IsBusy { get; init; }

    /// <summary>Clean batches that can not be read: nothing was done; clean them again from their raw archives.</summary>
    public IReadOnlyList<int> DamagedBatches { get; init; } = [];

    public IReadOnlyList<DatasetWrite> Datasets { get; init; } = [];

    /// <summary>What became of the clean objects: delivered, unchanged or filtered (duplicates within the run).</summary>
    public ObjectCounts Objects { get; init; } = ObjectCounts.None;
}
