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

    /// <summary>What of <paramref name="ranges"/> begins at <paramref name="first"/> or behind it.</summary>
    public static IReadOnlyList<BatchRange> From(int first, IReadOnlyList<BatchRange> ranges) =>
        [
            .. ranges
                .Where(range => range.First + range.Count > first)
                .Select(range => range.First >= first ? range : new BatchRange(first, range.First + range.Count - first)),
        ];
}
