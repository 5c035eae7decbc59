namespace Marketline.Platforms.Amazon;

internal enum AmazonOperation
{
    /// <summary>Selling Partner API, Catalog Items 2022-04-01.</summary>
    SearchCatalogItems,

    /// <summary>Selling Partner API, Product Pricing 2022-05-01.</summary>
    GetCompetitiveSummary,

    /// <summary>Creators API.</summary>
    GetItems,

    /// <summary>Creators API.</summary>
    SearchItems,
}
