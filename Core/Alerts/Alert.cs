using Marketline.Core.Naming;

namespace Marketline.Core.Alerts;

/// <summary>Something about a run that somebody should look at. A run has at most one open alert of a kind.</summary>
public sealed record Alert
{
    public int SchemaVersion { get; init; } = 1;

    public required TenantId TenantId { get; init; }

    public required AlertKind Kind { get; init; }

    public required RunId RunId { get; init; }

    public required PlanId PlanId { get; init; }

    /// <summary>Since when it is so: the run's last move, its deadline.</summary>
    public required DateTimeOffset SinceUtc { get; init; }

    public required DateTimeOffset RaisedUtc { get; init; }

    public required string Message { get; init; }

    /// <summary>When it was no longer so, or the run had ended; null while the alert is open.</summary>
    public DateTimeOffset? ResolvedUtc { get; init; }
}
