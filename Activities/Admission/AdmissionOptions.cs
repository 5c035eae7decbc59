using System.ComponentModel.DataAnnotations;

namespace Marketline.Activities.Admission;

/// <summary>How much work goes on at a time over all workers and tenants.</summary>
public sealed class AdmissionOptions
{
    public const string SectionName = "Admission";

    /// <summary>Batches that are crawled or cleaned: workers times what one of them takes.</summary>
    [Range(1, 1_000)]
    public int MaxBatchesInFlight { get; set; } = 8;
}
