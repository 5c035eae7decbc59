using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>
/// A price that may be the main product's: its text, the amount as read with the page's language, the currency stated beside it,
/// and how strongly its source and place speak for it (about 4 for the main product's own markup).
/// </summary>
internal sealed record PriceCandidate(
    decimal Amount,
    string Text,
    string? CurrencyText,
    ExtractionSource Source,
    string Location,
    double Weight
);
