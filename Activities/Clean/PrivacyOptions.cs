using System.ComponentModel.DataAnnotations;

namespace Marketline.Activities.Clean;

/// <summary>How personal data is hidden.</summary>
public sealed class PrivacyOptions
{
    public const string SectionName = "Privacy";

    /// <summary>
    /// Base64 of at least 32 bytes: the HMAC key over review authors. A secret; changing it makes every author a new one.
    /// </summary>
    [Required, Base64String, MinLength(44, ErrorMessage = "Privacy:AuthorKey is the base64 of at least 32 bytes.")]
    public string AuthorKey { get; set; } = "";
}
