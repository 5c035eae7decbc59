using Marketline.Core.Extract;

namespace Marketline.Analytics.Shapes;

/// <summary>A column of a dataset, with DuckDB's name of its type.</summary>
internal record Column(string Name, string Type)
{
    /// <summary>Which records answer for it; <see cref="OfferScope.Whole"/>: any.</summary>
    public OfferScope Scope { get; init; }

    /// <summary>Whether a record with another value is another content, as in <see cref="Core.Clean.Offer.ContentHash"/>.</summary>
    public bool IsContent { get; init; }

    /// <summary>SQL over <c>b</c> and <c>p</c>: what a record <c>b</c> that answers for it leaves it at by saying nothing of it; null: it has none then.</summary>
    public string? Unsaid { get; init; }

    /// <summary>SQL over a file's other columns for what it would hold in files <c>f</c> written before it was added; null: every file has it.</summary>
    public string? Before { get; init; }
}
