using System.Text.Json.Serialization;

namespace Marketline.Core.Tenants;

[JsonConverter(typeof(JsonStringEnumConverter<TenantStatus>))]
public enum TenantStatus
{
    Active,

    /// <summary>Its keys read, but nothing is started or changed.</summary>
    Suspended,

    /// <summary>Its data are being deleted: no key of it works.</summary>
    Deleting,
}
