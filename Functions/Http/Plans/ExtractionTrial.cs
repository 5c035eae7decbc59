using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Marketline.Core.Extract;

namespace Marketline.Functions.Http.Plans;

/// <summary>Which page of a plan's sites to read, and with what.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ExtractionTrial
{
    /// <summary>A page of one of the plan's sites.</summary>
    [StringLength(2_000, MinimumLength = 1)]
    public required string Url { get; init; }

    /// <summary>To be tried instead of the site's own; without them those of the plan are.</summary>
    public IReadOnlyList<FieldOverride>? Selectors { get; init; }
}
