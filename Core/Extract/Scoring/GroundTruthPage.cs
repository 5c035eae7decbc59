namespace Marketline.Core.Extract.Scoring;

/// <summary>What is known of one saved page.</summary>
/// <param name="Key">The page's file name without <c>.html.gz</c>.</param>
/// <param name="Url">The original address; its query string belongs to the page's identity.</param>
/// <param name="Accepted">By field (<c>price</c>, <c>sku</c>, <c>availability</c>, …) every value that counts as right, trimmed.</param>
public sealed record GroundTruthPage(string Key, string Url, IReadOnlyDictionary<string, IReadOnlyList<string>> Accepted);
