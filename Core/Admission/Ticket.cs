using System.Text.Json.Serialization;
using Marketline.Core.Naming;

namespace Marketline.Core.Admission;

/// <summary>A place in a pool, waited for or held.</summary>
public sealed record Ticket
{
    public required string Id { get; init; }

    public required TenantId TenantId { get; init; }

    /// <summary>What belongs together within the tenant, such as the runs of a plan; null: nothing.</summary>
    public string? Group { get; init; }

    /// <summary>Waits while another ticket of its group is granted.</summary>
    public bool IsExclusive { get; init; }

    /// <summary>0 (first) to 9 (last) among the tenant's waiting tickets.</summary>
    public int Priority { get; init; } = 5;

    public DateTimeOffset RequestedUtc { get; init; }

    /// <summary>Null while it waits.</summary>
    public DateTimeOffset? GrantedUtc { get; init; }

    /// <summary>Without a word from its owner until then it is dropped: its place is free again.</summary>
    public DateTimeOffset ExpiresUtc { get; init; }

    /// <summary>The task hub that its owner runs in.</summary>
    public string? TaskHub { get; init; }

    /// <summary>The orchestration to be told when it is granted; null: none waits.</summary>
    public string? InstanceId { get; init; }

    [JsonIgnore]
    public bool IsGranted => GrantedUtc is not null;
}
