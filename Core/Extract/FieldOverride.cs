using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Marketline.Core.Extract;

/// <summary>
/// Where a tenant says that a field stands on the pages of a site. What it finds wins over all that extraction finds by itself;
/// where it finds nothing, extraction is as without it. Of several for one field the first that finds something counts.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FieldOverride
{
    /// <summary>A field of an offer, such as <c>price</c>, <c>sku</c> or <c>availability</c>.</summary>
    public required string Field { get; init; }

    public required SelectorKind How { get; init; }

    [StringLength(FieldOverrideRules.MaxExpressionLength, MinimumLength = 1)]
    public required string Expression { get; init; }
}
