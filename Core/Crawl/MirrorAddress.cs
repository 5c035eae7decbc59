namespace Marketline.Core.Crawl;

/// <summary>Between the address of a page and that of its saved copy at <c>&lt;mirror&gt;/&lt;host&gt;/&lt;path&gt;</c>.</summary>
public static class MirrorAddress
{
    public static Uri FromOriginal(Uri mirror, Uri original) =>
        new($"{Folder(mirror)}{original.IdnHost}{original.PathAndQuery}");

    /// <returns>Null when <paramref name="copy"/> does not stand in the mirror, or names no host.</returns>
    public static Uri? ToOriginal(Uri mirror, Uri copy)
    {
        var folder = Folder(mirror);
        if (!copy.AbsoluteUri.StartsWith(folder, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = copy.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)[folder.Length..];
        var slash = rest.IndexOf('/');
        var host = slash < 0 ? "" : rest[..slash];
        var isHost = host.Contains('.') && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;
        return isHost && Uri.TryCreate("https://" + rest, UriKind.Absolute, out var original) ? original : null;
    }

    /// <summary>The target of <c>rel="original"</c> (RFC 7089) among Link headers (RFC 8288); null when there is none.</summary>
    public static string? FindOriginal(IEnumerable<string> linkHeaders)
    {
        foreach (var header in linkHeaders)
        {
            var rest = header.AsSpan();
            while (rest.IndexOf('<') is >= 0 and var open && rest[open..].IndexOf('>') is > 0 and var length)
            {
                var link = rest.Slice(open + 1, length - 1);
                rest = rest[(open + length + 1)..];
                var next = rest.IndexOf('<');
                if (IsOriginal(next < 0 ? rest : rest[..next]))
                {
                    return link.ToString();
                }
            }
        }

        return null;
    }

    private static bool IsOriginal(ReadOnlySpan<char> parameters)
    {
        foreach (var range in parameters.Split(';'))
        {
            var pair = parameters[range].Trim(" \t,");
            if (pair.StartsWith("rel", StringComparison.OrdinalIgnoreCase) && pair.IndexOf('=') is > 0 and var equals)
            {
                var relations = pair[(equals + 1)..].Trim(" \t\"").ToString();
                return relations.Split(' ').Contains("original", StringComparer.OrdinalIgnoreCase);
            }
        }

        return false;
    }

    private static string Folder(Uri mirror) => mirror.AbsoluteUri[..(mirror.AbsoluteUri.LastIndexOf('/') + 1)];
}
