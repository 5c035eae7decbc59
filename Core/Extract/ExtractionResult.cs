namespace Marketline.Core.Extract;

/// <summary>All that one page yields.</summary>
/// <param name="Objects">In the page's order.</param>
/// <param name="SkipReason">
/// When there is none: why the page is <i>filtered</i> (a good page without what was asked for: <c>not-a-product</c>,
/// <c>no-reviews</c>). Null when there are objects or when <paramref name="DefectReason"/> says why not.
/// </param>
/// <param name="DefectReason">
/// When the page is damaged (<c>not-html</c>, <c>empty-body</c>, <c>not-json</c>): it is quarantined with this rule.
/// </param>
public sealed record ExtractionResult(
    IReadOnlyList<ExtractedObject> Objects,
    string? SkipReason = null,
    string? DefectReason = null
)
{
    public static ExtractionResult Skipped(string reason) => new([], SkipReason: reason);

    public static ExtractionResult Defective(string reason) => new([], DefectReason: reason);
}
