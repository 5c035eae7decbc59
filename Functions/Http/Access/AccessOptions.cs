using System.ComponentModel.DataAnnotations;

namespace Marketline.Functions.Http.Access;

/// <summary>The secrets behind the API's keys.</summary>
public sealed class AccessOptions
{
    public const string SectionName = "Access";

    /// <summary>The operator's own key (<c>mk_…</c>): creates tenants. A secret: user secrets or a Key Vault reference.</summary>
    [Required, RegularExpression("^mk_[0-9a-f]{16}_[0-9a-f]{64}$", ErrorMessage = "Access:OperatorKey is no API key (mk_<16 hex digits>_<64 hex digits>).")]
    public string OperatorKey { get; set; } = "";

    /// <summary>Base64 of at least 32 bytes: the HMAC key over stored secrets. Changing it makes all keys invalid.</summary>
    [Required, Base64String, MinLength(44, ErrorMessage = "Access:Pepper is the base64 of at least 32 bytes.")]
    public string Pepper { get; set; } = "";
}
