namespace Marketline.Tests.EndToEnd;

/// <summary>A row of <c>latest_reviews</c> as the API gives it.</summary>
internal sealed record ReviewRow
{
    public required string ObjectKey { get; init; }
    public required string Platform { get; init; }
    public required string Site { get; init; }
    public required string Url { get; init; }
    public string? ProductName { get; init; }
    public string? ProductSku { get; init; }
    public string? AuthorHash { get; init; }
    public DateOnly? PublishedOn { get; init; }
    public decimal? Rating { get; init; }
    public string? Body { get; init; }
    public required string RunId { get; init; }
    public required string LastRunId { get; init; }
}
