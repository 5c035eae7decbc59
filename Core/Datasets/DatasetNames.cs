namespace Marketline.Core.Datasets;

/// <summary>The datasets by the names they have in blob names, manifests and <c>docs/datasets</c>.</summary>
public static class DatasetNames
{
    public const string LatestOffers = "latest_offers";
    public const string LatestReviews = "latest_reviews";
    public const string PriceChanges = "price_changes";
    public const string PriceIndex = "price_index";

    public static readonly IReadOnlyList<string> All = [LatestOffers, LatestReviews, PriceChanges, PriceIndex];
}
