using System.Text.Json.Serialization;

namespace Marketline.Core.Tenants;

/// <summary>What a key's holder may do. Owner includes reader; the operator's role reaches no tenant's endpoints.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccessRole>))]
public enum AccessRole
{
    /// <summary>Reads the tenant's data.</summary>
    Reader,

    /// <summary>Reads and changes the tenant's plans, runs and keys.</summary>
    Owner,

    /// <summary>The installation's operator: tenants, limits, audit.</summary>
    Admin,
}
