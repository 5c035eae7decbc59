using Marketline.Core.Extract;
using Marketline.Core.Naming;

namespace Marketline.Core.Clean;

/// <summary>A rejected record: what was wrong where, and the whole extracted object, so that it can be replayed.</summary>
public sealed record QuarantineRecord
{
    public int SchemaVersion { get; init; } = 1;

    public required RunId RunId { get; init; }

    public required int Batch { get; init; }

    public required string ObjectKey { get; init; }

    public required string Url { get; init; }

    public required DateTimeOffset SeenUtc { get; init; }

    public required IReadOnlyList<RuleViolation> Violations { get; init; }

    /// <summary>Null when the page itself was damaged. A review's author stands here as the keyed hash.</summary>
    public ExtractedObject? Object { get; init; }
}
