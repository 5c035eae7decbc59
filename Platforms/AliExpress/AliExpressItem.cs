using Marketline.Core.Naming;
using Marketline.Platforms.Api;

namespace Marketline.Platforms.AliExpress;

/// <summary>A product by its number: its page and the keys of what is known of it.</summary>
internal static class AliExpressItem
{
    /// <param name="text">The number, or the address of a product's page.</param>
    /// <returns>Null when it is neither.</returns>
    public static string? TryParse(string? text) => ItemNumber.TryParse(text, TryParse);

    /// <summary><c>/item/1005006438619019.html</c>, and the older <c>/item/Some-Name/32803830458.html</c>.</summary>
    public static string? TryParse(Uri address)
    {
        var parts = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var name = parts.Length > 0 && parts[^1].EndsWith(".html", StringComparison.OrdinalIgnoreCase) ? parts[^1][..^5] : "";
        return Array.IndexOf(parts, "item") >= 0 && ItemNumber.IsNumber(name) ? name : null;
    }

    public static string PageOf(Uri site, string id) => CanonicalUrl.Of(new Uri(site, $"/item/{id}.html").AbsoluteUri);

    /// <param name="site">The shop's host: each has prices and a currency of its own.</param>
    /// <param name="id">The product's number.</param>
    /// <param name="part">A variant's or a review's number; nothing for the product.</param>
    public static string Key(string site, string id, string part = "") =>
        ObjectKey.FromPlatformId(AliExpressConnector.PlatformName, site, part.Length == 0 ? id : $"{id}/{part}");
}
