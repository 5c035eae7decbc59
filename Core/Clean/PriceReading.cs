namespace Marketline.Core.Clean;

/// <summary>What a price text says.</summary>
/// <param name="Amount">May be zero or negative: whether that is a price is for the caller to say.</param>
/// <param name="CurrencyMark">The symbol or code beside the number as written (<c>€</c>, <c>kr</c>, <c>USD</c>), or null.</param>
/// <param name="Notes">What was not plain about it.</param>
public sealed record PriceReading(decimal Amount, string? CurrencyMark, PriceNotes Notes = PriceNotes.None);
