namespace Marketline.LocalHost.DemoMarketplace.Products;

internal sealed record ItemReview(string Id, string Author, DateOnly PublishedOn, int Rating, string Body);
