namespace Marketline.Core.Clean;

/// <summary>Why a record was rejected: enough to find the row, see the value and replay it.</summary>
/// <param name="Rule">The rule's stable name, such as <c>price-unreadable</c> or <c>gtin-check-digit</c>.</param>
/// <param name="Field">One of <see cref="Extract.FieldNames"/>, or empty for the record as a whole.</param>
/// <param name="RawValue">What stood there, cut to 500 characters.</param>
/// <param name="Position">Where: the object's position on the page and the field's location.</param>
public sealed record RuleViolation(string Rule, string Field, string RawValue, string Position);
