namespace Marketline.Core.Runs;

/// <summary>
/// How many objects of a run are in which state. At the end of a run nothing is in transit, and
/// <c>ingested = delivered + unchanged + filtered + quarantined + failed</c>.
/// </summary>
public sealed record ObjectCounts
{
    public static readonly ObjectCounts None = new();

    public long Ingested { get; init; }
    public long Delivered { get; init; }
    public long Unchanged { get; init; }
    public long Filtered { get; init; }
    public long Quarantined { get; init; }
    public long Failed { get; init; }

    public long InTransit => Ingested - Delivered - Unchanged - Filtered - Quarantined - Failed;

    public static ObjectCounts operator +(ObjectCounts left, ObjectCounts right) => left.Add(right);

    public ObjectCounts Add(ObjectCounts other) =>
        new()
        {
            Ingested = Ingested + other.Ingested,
            Delivered = Delivered + other.Delivered,
            Unchanged = Unchanged + other.Unchanged,
            Filtered = Filtered + other.Filtered,
            Quarantined = Quarantined + other.Quarantined,
            Failed = Failed + other.Failed,
        };
}
