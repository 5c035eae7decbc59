using Marketline.Core.Naming;
using Marketline.Platforms.Api;

namespace Marketline.Platforms.Walmart;

/// <summary>An item by its number (Walmart's <c>itemId</c> and <c>usItemId</c>): its addresses and the keys of what is known of it.</summary>
internal static class WalmartItem
{
    /// <summary>The site that the affiliate API speaks of.</summary>
    public static readonly Uri UnitedStates = new("https://www.walmart.com/");

    /// <param name="text">The number, or the address of an item's page or of its reviews.</param>
    /// <returns>Null when it is neither.</returns>
    public static string? TryParse(string? text) => ItemNumber.TryParse(text, TryParse);

    /// <summary><c>/ip/55885487</c>, <c>/ip/Some-Name/55885487</c>, in Canada <c>/en/ip/some-name/6000200</c>, <c>/reviews/product/55885487</c>.</summary>
    public static string? TryParse(Uri address)
    {
        var parts = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isItem = Array.IndexOf(parts, "ip") is >= 0 and < 2 || (parts.Length >= 3 && parts[^3..] is ["reviews", "product", _]);
        return isItem && ItemNumber.IsNumber(parts[^1]) ? parts[^1] : null;
    }

    public static string PageOf(Uri site, string id) => CanonicalUrl.Of(new Uri(site, $"/ip/{id}").AbsoluteUri);

    public static string OfferKey(string site, string id) => ObjectKey.FromPlatformId(WalmartConnector.PlatformName, site, id);

    /// <param name="site">The shop's host.</param>
    /// <param name="id">The item's number.</param>
    /// <param name="review">What tells the review from the item's others. Not the author: keys are no secret.</param>
    public static string ReviewKey(string site, string id, string review) => ObjectKey.FromPlatformId(WalmartConnector.PlatformName, site, $"{id}/review/{review}");
}
