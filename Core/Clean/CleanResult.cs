namespace Marketline.Core.Clean;

/// <summary>A cleaned record, or the reasons why there is none.</summary>
/// <param name="Record">The record; null when it was rejected.</param>
/// <param name="Violations">
/// Rejected: at least one. Accepted: what was dropped from the record (a GTIN with a wrong check digit), kept as warnings.
/// </param>
public sealed record CleanResult<T>(T? Record, IReadOnlyList<RuleViolation> Violations)
    where T : class;
