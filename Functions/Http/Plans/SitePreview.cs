using Marketline.Core.Extract;

namespace Marketline.Functions.Http.Plans;

/// <summary>What a plan would find at one site.</summary>
/// <param name="TargetCount">As many as the preview looked at.</param>
/// <param name="IsComplete">There are no more targets than that.</param>
/// <param name="Targets">The first ones.</param>
/// <param name="SampleUrl">The page that was fetched to see what stands on it.</param>
/// <param name="SampleObjects">What was read from it, with evidence; raw, before any cleaning.</param>
/// <param name="Problem">Why there is nothing, or not all.</param>
internal sealed record SitePreview(
    Uri BaseUrl,
    int TargetCount,
    bool IsComplete,
    IReadOnlyList<string> Targets,
    string? SampleUrl = null,
    IReadOnlyList<ExtractedObject>? SampleObjects = null,
    string? Problem = null
);
