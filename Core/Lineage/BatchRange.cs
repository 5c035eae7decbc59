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

    /// <summary>The ranges that the numbers make, in order.</summary>
    public static IReadOnlyList<BatchRange> Of(IEnumerable<int> numbers)
    {
        var ranges = new List<BatchRange>();
        foreach (var number in numbers.Order())
        {
            if (ranges.Count > 0 && ranges[^1].First + ranges[^1].Count == number)
            {
                ranges[^1] = ranges[^1] with { Count = ranges[^1].Count + 1 };
            }
            else
            {
                ranges.Add(new BatchRange(number, 1));
            }
        }

        return ranges;
    }

    /// <summary>What of <paramref name="ranges"/> begins at <paramref name="first"/> or behind it.</summary>
    public static IReadOnlyList<BatchRange> From(int first, IReadOnlyList<BatchRange> ranges) =>
        [
            .. ranges
                .Where(range => range.First + range.Count > first)
                .Select(range => range.First >= first ? range : new BatchRange(first, range.First + range.Count - first)),
        ];
}
