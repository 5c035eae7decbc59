namespace Marketline.LocalHost.DemoMarketplace.SavedPages;

/// <summary>
/// The one form of a mirrored address. Clients write the same address in several ways (the case of percent-encoding, encoded
/// letters, dot segments), so that both sides go through the same normalisation of RFC 3986 §6.2.2, which <see cref="Uri"/> does
/// for all but the case of percent-encoding.
/// </summary>
internal static class MirrorPath
{
    private static readonly Uri AnyBase = new("http://mirror/");

    /// <returns>Null when <paramref name="url"/> is no absolute http(s) address.</returns>
    public static (string OriginalUrl, string Path)? Of(string url)
    {
        if (
            !Uri.TryCreate(url.Trim(), UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
        )
        {
            return null;
        }

        var authority = uri.IsDefaultPort ? uri.IdnHost : $"{uri.IdnHost}:{uri.Port}";
        return ($"{uri.Scheme}://{authority}{uri.PathAndQuery}", UpperCaseEncoding($"/{authority}{uri.PathAndQuery}"));
    }

    /// <returns>Null when <paramref name="target"/> is no path.</returns>
    public static string? OfRequest(string target) =>
        target.StartsWith('/')
        && Uri.TryCreate(AnyBase.GetLeftPart(UriPartial.Authority) + target, UriKind.Absolute, out var uri)
            ? UpperCaseEncoding(uri.PathAndQuery)
            : null;

    private static string UpperCaseEncoding(string path)
    {
        if (!path.Contains('%'))
        {
            return path;
        }

        return string.Create(
            path.Length,
            path,
            (upper, source) =>
            {
                source.CopyTo(upper);
                for (var i = 0; i + 2 < upper.Length; i++)
                {
                    if (upper[i] == '%' && char.IsAsciiHexDigit(upper[i + 1]) && char.IsAsciiHexDigit(upper[i + 2]))
                    {
                        upper[i + 1] = char.ToUpperInvariant(upper[i + 1]);
                        upper[i + 2] = char.ToUpperInvariant(upper[i + 2]);
                    }
                }
            }
        );
    }
}
