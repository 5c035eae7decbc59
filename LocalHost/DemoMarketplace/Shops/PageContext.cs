using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>Where a page is shown, and with what.</summary>
/// <param name="BaseUrl">Scheme, host and port, without a slash at the end.</param>
/// <param name="Related">Products to show beside the page's own; for a listing, its entries.</param>
internal sealed record PageContext(string BaseUrl, IReadOnlyList<Item> Related)
{
    public string Absolute(string path) => BaseUrl + path;
}
