namespace Marketline.Platforms.GoogleMerchant;

/// <summary>One product of a feed: a line below the header, an <c>item</c> or an <c>entry</c>.</summary>
/// <param name="Number">Lines count from the header's 1, items from 1: what a person would look for.</param>
/// <param name="Attributes">By Google's names; those that an offer has no use for are left out.</param>
/// <param name="Problem">Why the row can not be used, as one of <see cref="FeedProblems"/>; null for a good one.</param>
/// <param name="Raw">How a damaged row begins.</param>
internal sealed record FeedRow(int Number, IReadOnlyDictionary<string, string> Attributes, string? Problem = null, string? Raw = null)
{
    private const int MaxRawLength = 500;

    public static FeedRow Damaged(int number, string problem, ReadOnlySpan<char> raw = default) =>
        new(number, new Dictionary<string, string>(), problem, raw.IsEmpty ? null : raw[..Math.Min(raw.Length, MaxRawLength)].ToString());
}
