namespace Marketline.Core.Clean;

/// <summary>What decides doubtful number forms such as <c>1.234</c>.</summary>
/// <param name="Language">The page's language (BCP 47), if known.</param>
/// <param name="CurrencyCode">ISO 4217, if known beside the text.</param>
/// <param name="IsMachineForm">
/// The text stands where a format demands a point before the decimals (JSON-LD, microdata's content, an API). It counts only
/// where the page's language does not write a comma there: shops write their local form into such places too.
/// </param>
public sealed record NumberHints(string? Language = null, string? CurrencyCode = null, bool IsMachineForm = false)
{
    public static NumberHints None { get; } = new();
}
