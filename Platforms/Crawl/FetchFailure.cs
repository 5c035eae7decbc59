namespace Marketline.Platforms.Crawl;

/// <summary>Why there is no page: one of <see cref="Core.Crawl.FetchReasons"/> and words for a person.</summary>
/// <param name="Reason">The reason's stable name.</param>
/// <param name="Detail">Never a part of a remote body.</param>
/// <param name="IsRetryable">The same request may well succeed a little later.</param>
internal sealed record FetchFailure(string Reason, string Detail, bool IsRetryable = false);
