namespace Marketline.Core.Clean;

/// <summary>A cleaned review: one row of a clean review batch and of <c>latest_reviews</c>.</summary>
public sealed record Review
{
    public const int CurrentSchemaVersion = 1;

    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    public required string ObjectKey { get; init; }

    public required string Platform { get; init; }

    public required string Site { get; init; }

    /// <summary>The reviewed product's page.</summary>
    public required string Url { get; init; }

    public required DateTimeOffset SeenUtc { get; init; }

    public string? ProductName { get; init; }

    public string? ProductSku { get; init; }

    /// <summary>Keyed hash of the author's name (personal data never leaves the raw archive in clear).</summary>
    public string? AuthorHash { get; init; }

    public DateOnly? PublishedOn { get; init; }

    /// <summary>On the scale 0 to 5.</summary>
    public decimal? Rating { get; init; }

    public string? Body { get; init; }

    public required string ContentHash { get; init; }
}
