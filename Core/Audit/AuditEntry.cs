namespace Marketline.Core.Audit;

/// <summary>One action of an admin, or of an owner with keys: who did what to whom, and how it ended.</summary>
public sealed record AuditEntry
{
    public int SchemaVersion { get; init; } = 1;

    public required string Id { get; init; }

    public required DateTimeOffset AtUtc { get; init; }

    /// <summary>The key's id, or <c>token:</c> and the token's subject.</summary>
    public required string Actor { get; init; }

    /// <summary>The endpoint's function name.</summary>
    public required string Action { get; init; }

    public required string Path { get; init; }

    /// <summary>The tenant it concerns; its opaque id stays when the tenant's data are deleted.</summary>
    public string? TenantId { get; init; }

    public required string CorrelationId { get; init; }

    /// <summary>The answer's status; null while the action is under way, or when the worker died in it.</summary>
    public int? Status { get; init; }
}
