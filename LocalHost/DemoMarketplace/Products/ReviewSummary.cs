namespace Marketline.LocalHost.DemoMarketplace.Products;

internal sealed record ReviewSummary(decimal? RatingValue, int? Count, IReadOnlyList<ItemReview> Shown);
