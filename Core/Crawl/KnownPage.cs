namespace Marketline.Core.Crawl;

/// <summary>A page that an earlier run has read, with what became of its objects: all that is needed when it is still the same.</summary>
/// <param name="Version">Which version was read.</param>
/// <param name="SkipReason">Why the page gave no object; null when it gave some.</param>
/// <param name="Objects">In the page's order.</param>
public sealed record KnownPage(PageVersion Version, string? SkipReason, IReadOnlyList<KnownObject> Objects);
