namespace Marketline.Core.Plans;

/// <summary>No schedule starts a run of the platform, over the whole installation.</summary>
public sealed record PlatformPause
{
    public int SchemaVersion { get; init; } = 1;

    public required string Platform { get; init; }

    public required DateTimeOffset SinceUtc { get; init; }

    /// <summary>The key's id or the token's subject.</summary>
    public string? By { get; init; }

    public string? Reason { get; init; }
}
