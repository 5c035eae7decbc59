namespace Marketline.Core.Crawl;

/// <summary>What a batch may take now.</summary>
/// <param name="UsedUpReason">One of <see cref="FetchReasons"/> when it may take nothing, because the run has had it all.</param>
public sealed record BudgetGrant(int PageCount, long ByteCount, int ErrorCount, DateTimeOffset? EndsUtc, string? UsedUpReason = null)
{
    public static readonly BudgetGrant Unbounded = new(int.MaxValue, long.MaxValue, int.MaxValue, null);
}
