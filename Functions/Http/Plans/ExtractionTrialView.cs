using Marketline.Core.Clean;
using Marketline.Core.Extract;

namespace Marketline.Functions.Http.Plans;

/// <summary>What was read from one page.</summary>
/// <param name="Problem">Why there is nothing.</param>
/// <param name="Selectors">What each selector found.</param>
/// <param name="Objects">The first objects of the page, its main product first.</param>
internal sealed record ExtractionTrialView(
    string Url,
    int StatusCode,
    string? Problem,
    IReadOnlyList<SelectorFinding> Selectors,
    IReadOnlyList<TriedObject> Objects
)
{
    public static ExtractionTrialView Failed(string url, string problem, int statusCode = 0) => new(url, statusCode, problem, [], []);
}

/// <param name="Found">Null: nothing; then extraction is as without it.</param>
internal sealed record SelectorFinding(string Field, SelectorKind How, string Expression, string? Found);

/// <param name="Extracted">Raw texts with their evidence.</param>
/// <param name="Price">After cleaning.</param>
/// <param name="CurrencyCode">After cleaning.</param>
/// <param name="Availability">After cleaning.</param>
/// <param name="Violations">What cleaning rejects, or drops.</param>
internal sealed record TriedObject(ExtractedObject Extracted, decimal? Price, string? CurrencyCode, Availability? Availability, IReadOnlyList<RuleViolation> Violations);
