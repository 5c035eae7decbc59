namespace Marketline.LocalHost.DemoMarketplace.Truth;

/// <summary>A review as the page shows it; the rating is out of five.</summary>
public sealed record TruthReview(string Id, string Author, DateOnly Date, int Rating, string Body);
