using System.ComponentModel.DataAnnotations;

namespace Marketline.Functions.Http.Access;

/// <summary>The secret behind the API's keys, and whose tokens are taken beside them.</summary>
public sealed class AccessOptions
{
    public const string SectionName = "Access";

    /// <summary>Base64 of at least 32 bytes: the HMAC key over stored secrets. Changing it makes all keys invalid.</summary>
    [Required, Base64String, MinLength(44, ErrorMessage = "Access:Pepper is the base64 of at least 32 bytes.")]
    public string Pepper { get; set; } = "";

    /// <summary>
    /// The issuer of tokens, such as <c>https://login.microsoftonline.com/&lt;directory id&gt;/v2.0</c>: its OpenID configuration names
    /// the keys. Empty: only API keys are taken.
    /// </summary>
    public string TokenAuthority { get; set; } = "";

    /// <summary>The <c>aud</c> of tokens that are meant for this installation; required with <see cref="TokenAuthority"/>.</summary>
    public string TokenAudience { get; set; } = "";

    /// <summary>The claim that names the tenant.</summary>
    public string TokenTenantClaim { get; set; } = "marketline_tenant";
}
