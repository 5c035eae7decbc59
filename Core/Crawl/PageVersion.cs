namespace Marketline.Core.Crawl;

/// <summary>Which version of a page was read, and how to ask its site for another one (RFC 9110 §8.8 and §13.1).</summary>
/// <param name="ETag">As the site sent it; null when it sent none, or one after a redirect, which may be another page's.</param>
/// <param name="LastModified">Likewise.</param>
/// <param name="BodyDigest">See <see cref="Naming.Digest"/>; of the decoded body.</param>
/// <param name="ReadUtc">When the body was read: a page that is unchanged since keeps the time.</param>
/// <param name="FollowUps">The addresses that the page led to.</param>
public sealed record PageVersion(
    string? ETag,
    string? LastModified,
    string BodyDigest,
    DateTimeOffset ReadUtc,
    IReadOnlyList<string> FollowUps
)
{
    private const int MaxTagLength = 512;

    /// <summary>When the site last said that it is still the same, or sent it so; null: not since it was read.</summary>
    public DateTimeOffset? CheckedUtc { get; init; }

    /// <returns>Null for a header that is absent or too long to be kept.</returns>
    public static string? Kept(string? header) => header is { Length: > 0 and <= MaxTagLength } ? header : null;
}
