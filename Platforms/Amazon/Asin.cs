using System.Text.RegularExpressions;
using Marketline.Core.Naming;

namespace Marketline.Platforms.Amazon;

/// <summary>
/// Amazon's number of a product: ten letters and digits, for books the ISBN-10
/// (https://developer-docs.amazon.com/sp-api/docs/terminology).
/// </summary>
internal sealed partial record Asin(string Value)
{
    /// <summary>An ASIN as such, or the address of a page about it; null for all else.</summary>
    public static Asin? TryParse(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        if (Form().IsMatch(trimmed))
        {
            return new Asin(trimmed);
        }

        return Uri.TryCreate(trimmed, UriKind.Absolute, out var address) ? OfAddress(address) : null;
    }

    public static Asin? OfAddress(Uri address) => Path().Match(address.AbsolutePath) is { Success: true } match ? new Asin(match.Groups["asin"].Value) : null;

    public string UrlOn(Uri site) => CanonicalUrl.Of(new Uri(site, $"/dp/{Value}").AbsoluteUri);

    /// <param name="store">A marketplace's id; for an unknown site its host.</param>
    public string Key(string store) => ObjectKey.FromPlatformId(AmazonConnector.PlatformName, store, Value);

    [GeneratedRegex("^(?:B[0-9A-Z]{9}|[0-9]{9}[0-9X])$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("/(?:dp|gp/product|gp/aw/d|product-reviews|exec/obidos/asin)/(?<asin>B[0-9A-Z]{9}|[0-9]{9}[0-9X])(?:/|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Path();
}
