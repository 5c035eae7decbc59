namespace Marketline.LocalHost.DemoMarketplace.Truth;

/// <summary>The truth about one address of a shop's sitemap on one day.</summary>
public sealed record TruthLine
{
    public required string Url { get; init; }

    /// <summary>What the page names as its canonical address; for one that can not be read, its own.</summary>
    public required string Canonical { get; init; }

    /// <summary>The name of the fault on purpose; null where there is none.</summary>
    public string? Fault { get; init; }

    public required ExpectedOutcomes Expected { get; init; }

    /// <summary>One, or one for each variant; empty where the page is none of a product or can not be read.</summary>
    public IReadOnlyList<TruthProduct> Products { get; init; } = [];

    public IReadOnlyList<TruthReview> Reviews { get; init; } = [];
}
