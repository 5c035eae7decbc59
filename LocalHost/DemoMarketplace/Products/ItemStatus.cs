namespace Marketline.LocalHost.DemoMarketplace.Products;

internal enum ItemStatus
{
    /// <summary>Of a later day, or never to be.</summary>
    Unknown,
    Live,

    /// <summary>Vanished a few days ago: 404 or 410, but the sitemap still lists it.</summary>
    GoneButListed,

    Gone,
}
