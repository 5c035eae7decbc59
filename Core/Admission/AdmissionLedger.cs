namespace Marketline.Core.Admission;

/// <summary>A pool's tickets, and the shares of the tenants that have any.</summary>
public sealed record AdmissionLedger
{
    public static readonly AdmissionLedger Empty = new();

    public int SchemaVersion { get; init; } = 1;

    /// <summary>By tenant, as last told.</summary>
    public IReadOnlyDictionary<string, TenantShare> Shares { get; init; } = new Dictionary<string, TenantShare>();

    public IReadOnlyList<Ticket> Tickets { get; init; } = [];
}
