namespace Marketline.Core.Clean;

/// <summary>What was not plain about a price text.</summary>
[Flags]
public enum PriceNotes
{
    None = 0,

    /// <summary>A range (<c>10 – 20 €</c>): the low end was taken.</summary>
    Range = 1,

    /// <summary>A starting price (<c>ab 5 €</c>).</summary>
    From = 2,

    /// <summary><c>1.234</c>: one separator before three digits; language and currency decided.</summary>
    Doubtful = 4,

    /// <summary>Several prices in one text that are no range: the lowest was taken, the others are crossed out as a rule.</summary>
    Several = 8,
}
