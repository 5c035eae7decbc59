namespace Marketline.Core.Lineage;

/// <summary>Consecutive batch numbers.</summary>
public sealed record BatchRange(int First, int Count)
{
    public IEnumerable<BatchRange> Chunks(int size)
    {
        for (var offset = 0; offset < Count; offset += size)
        {
            yield return new BatchRange(First + offset, Math.Min(size, Count - offset));
        }
    }
}
