using System.ComponentModel.DataAnnotations;

namespace Marketline.Storage;

/// <summary>
/// Where the data account is (by connection string on one machine, by name with managed identity in Azure), and what a worker keeps
/// of it.
/// </summary>
public sealed class StorageOptions : IValidatableObject
{
    public const string SectionName = "Storage";

    /// <summary><c>UseDevelopmentStorage=true</c> or a full connection string.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The storage account's name, for managed identity.</summary>
    public string? AccountName { get; set; }

    /// <summary>Where this worker keeps gold files that it has read.</summary>
    [Required]
    public string FileCacheFolder { get; set; } = Path.Combine(Path.GetTempPath(), "marketline-files");

    /// <summary>How much it keeps; files that are being read count, but are never taken away.</summary>
    [Range(1, 65_536)]
    public int FileCacheMegabytes { get; set; } = 256;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(ConnectionString) == string.IsNullOrWhiteSpace(AccountName))
        {
            yield return new ValidationResult(
                $"Set either {SectionName}:{nameof(ConnectionString)} or {SectionName}:{nameof(AccountName)}."
            );
        }
    }
}
