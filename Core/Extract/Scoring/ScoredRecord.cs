namespace Marketline.Core.Extract.Scoring;

/// <summary>What a run has found on one page, after cleaning; null where nothing was found.</summary>
public sealed record ScoredRecord(decimal? Price, string? Sku, string? Availability)
{
    public static ScoredRecord Of(Clean.Offer offer) => new(offer.Price, offer.Sku, offer.Availability?.ToString());
}
