namespace Marketline.Platforms.Magento;

/// <summary>What a query asks for.</summary>
internal enum MagentoList
{
    Shop,
    Stores,
    Products,

    /// <summary>Products without what a price crawl does not need.</summary>
    Prices,
    Reviews,
}
