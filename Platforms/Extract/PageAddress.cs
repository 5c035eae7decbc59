using Marketline.Core.Crawl;
using Marketline.Core.Naming;

namespace Marketline.Platforms.Extract;

/// <summary>
/// The address that a page's objects have their keys from; what they show is the page's own, where they were found. Shops list one
/// product under several addresses, and name the one that counts in <c>rel="canonical"</c> (RFC 6596); it is believed where it can
/// not merge products by mistake.
/// </summary>
public static class PageAddress
{
    /// <summary>What a saved page of unknown origin names as its own address; null when it names none.</summary>
    public static string? Declared(ReadOnlyMemory<byte> body, string contentType)
    {
        var page = new FetchedPage { Url = "", FinalUrl = "", FetchedUtc = default, ContentType = contentType, Body = body };
        string?[] named = HtmlPage.Scan(page, out _) is { } scan ? [scan.Canonical, scan.Metas.GetValueOrDefault("og:url")] : [];
        return named.Select(text => Uri.TryCreate(text, UriKind.Absolute, out var address) ? CanonicalUrl.TryCreate(address) : null).FirstOrDefault(url => url is not null);
    }

    internal static string Of(FetchedPage page, PageScan scan)
    {
        var own = CanonicalUrl.Of(page.Url);
        return Uri.TryCreate(own, UriKind.Absolute, out var address)
            && scan.Canonical is { } link
            && Uri.TryCreate(address, link, out var declared)
            && CanonicalUrl.TryCreate(declared) is { } canonical
            && IsSamePage(address, new Uri(canonical))
            ? canonical
            : own;
    }

    /// <summary>
    /// Of the same site, and ending in the same name: many shops name their home page, or a category, on every page. Of the query
    /// string it leaves out only what holds no number: <c>?ref=outlet</c>, but not <c>?id=5</c>, which some forget.
    /// </summary>
    private static bool IsSamePage(Uri own, Uri declared)
    {
        var (ownPairs, declaredPairs) = (Pairs(own), Pairs(declared));
        return own.Authority.Equals(declared.Authority, StringComparison.OrdinalIgnoreCase)
            && LastSegment(own) is { Length: > 0 } name
            && name.Equals(LastSegment(declared), StringComparison.Ordinal)
            && declaredPairs.All(pair => ownPairs.Contains(pair, StringComparer.Ordinal))
            && ownPairs.Except(declaredPairs).All(pair => !pair.Any(char.IsAsciiDigit));
    }

    private static string LastSegment(Uri address) => address.AbsolutePath.TrimEnd('/').Split('/')[^1];

    private static string[] Pairs(Uri address) => address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
}
