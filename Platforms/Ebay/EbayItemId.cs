using System.Text.RegularExpressions;
using Marketline.Core.Naming;

namespace Marketline.Platforms.Ebay;

/// <summary>
/// A listing, and one of its variations where it has some. eBay writes it <c>v1|listing|variation</c> in its REST APIs, with 0 for
/// none (https://developer.ebay.com/api-docs/buy/static/api-browse.html#Legacy), and <c>/itm/listing?var=variation</c> in addresses.
/// </summary>
/// <param name="Listing">Nine digits or more.</param>
/// <param name="Variation">Null where the listing has none, or where it is not said which.</param>
internal sealed partial record EbayItemId(string Listing, string? Variation)
{
    /// <summary>As in <c>v1|123456789012|0</c>.</summary>
    public string Rest => $"v1|{Listing}|{Variation ?? "0"}";

    /// <summary>Null for what names no item: neither an id of one of the two kinds nor the address of its page.</summary>
    public static EbayItemId? TryParse(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        var match = RestForm().Match(trimmed);
        match = match.Success ? match : LegacyForm().Match(trimmed);
        if (match.Success)
        {
            return Of(match);
        }

        return Uri.TryCreate(trimmed, UriKind.Absolute, out var address) ? OfAddress(address) : null;
    }

    /// <returns>Null for the address of another page than an item's.</returns>
    public static EbayItemId? OfAddress(Uri address)
    {
        var path = PathForm().Match(address.AbsolutePath);
        return path.Success ? Of(path) with { Variation = VariationOf(address) } : null;
    }

    public string UrlOn(Uri site) => CanonicalUrl.Of(new Uri(site, Variation is null ? $"/itm/{Listing}" : $"/itm/{Listing}?var={Variation}").AbsoluteUri);

    /// <param name="marketplace">Prices and currencies differ from one to another.</param>
    public string Key(string marketplace) =>
        ObjectKey.FromPlatformId(EbayConnector.PlatformName, marketplace, Variation is null ? Listing : $"{Listing}|{Variation}");

    private static EbayItemId Of(Match match) => new(match.Groups["listing"].Value, match.Groups["variation"] is { Success: true, Value: not "0" } variation ? variation.Value : null);

    private static string? VariationOf(Uri address) => QueryForm().Match(address.Query) is { Success: true } match ? match.Groups["variation"].Value : null;

    [GeneratedRegex(@"^v1\|(?<listing>[0-9]{9,19})\|(?<variation>[0-9]{1,19})$", RegexOptions.CultureInvariant)]
    private static partial Regex RestForm();

    [GeneratedRegex("^(?<listing>[0-9]{9,19})$", RegexOptions.CultureInvariant)]
    private static partial Regex LegacyForm();

    [GeneratedRegex("^/itm/(?:[^/]+/)?(?<listing>[0-9]{9,19})/?$", RegexOptions.CultureInvariant)]
    private static partial Regex PathForm();

    [GeneratedRegex("[?&]var=(?<variation>[1-9][0-9]{0,18})(?:&|$)", RegexOptions.CultureInvariant)]
    private static partial Regex QueryForm();
}
