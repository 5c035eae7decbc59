using System.Collections.Frozen;

namespace Marketline.Core.Naming;

/// <summary>
/// The one written form of a page's address, so that a page found twice is one object. Follows RFC 3986 §6.2 (case, default
/// port, dot segments, percent-encoding) and drops what never tells pages apart: the fragment and click-tracking parameters.
/// The remaining query parameters keep their order: some shops give it a meaning.
/// </summary>
public static class CanonicalUrl
{
    private static readonly FrozenSet<string> TrackingParameters = new[]
    {
        "gclid", "gclsrc", "dclid", "fbclid", "msclkid", "yclid", "mc_cid", "mc_eid", "igshid", "_ga", "_gl", "srsltid",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <returns>The canonical form, or null when <paramref name="url"/> is no absolute http(s) address.</returns>
    public static string? TryCreate(string? url) =>
        Uri.TryCreate(url?.Trim(), UriKind.Absolute, out var uri) ? TryCreate(uri) : null;

    /// <inheritdoc cref="TryCreate(string?)"/>
    public static string? TryCreate(Uri uri)
    {
        if (!uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            return null;
        }

        var authority = uri.IsDefaultPort ? uri.IdnHost : $"{uri.IdnHost}:{uri.Port}";
        return $"{uri.Scheme}://{authority}{uri.AbsolutePath}{WithoutTracking(uri.Query)}";
    }

    /// <summary>The canonical form, or <paramref name="url"/> as it is when it has none.</summary>
    public static string Of(string url) => TryCreate(url) ?? url;

    private static string WithoutTracking(string query)
    {
        if (query.Length <= 1)
        {
            return "";
        }

        var kept = query[1..].Split('&').Where(pair => !IsTracking(pair.Split('=', 2)[0])).ToArray();
        return kept.Length == 0 ? "" : "?" + string.Join('&', kept);
    }

    private static bool IsTracking(string name) =>
        name.Length == 0 || name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase) || TrackingParameters.Contains(name);
}
