namespace Marketline.Core.Naming;

/// <summary>
/// The key of an object (an offer or a review) in every run: from the platform's own id where it has one, else from the
/// canonical URL. Lineage, datasets and quarantine all speak of objects by this key.
/// </summary>
public static class ObjectKey
{
    /// <summary>An object that the platform names itself, such as a marketplace item or a Shopify variant.</summary>
    public static string FromPlatformId(string platform, string site, string id) =>
        Digest.Of($"id\n{platform}\n{site.ToLowerInvariant()}\n{id}");

    /// <summary>
    /// An object known by its page only; <paramref name="part"/> tells several on one page apart (a variant, a review). The order
    /// of the address's parameters makes no other object: links to one page write them in any order.
    /// </summary>
    public static string FromUrl(string canonicalUrl, string part = "") => Digest.Of($"url\n{WithOrderedQuery(canonicalUrl)}\n{part}");

    /// <summary>By name; parameters of one name are a list and keep their order.</summary>
    private static string WithOrderedQuery(string url)
    {
        var start = url.IndexOf('?') + 1;
        return start == 0 || !url.AsSpan(start).Contains('&')
            ? url
            : url[..start] + string.Join('&', url[start..].Split('&').OrderBy(pair => pair.Split('=', 2)[0], StringComparer.Ordinal));
    }
}
