namespace Marketline.Core.Crawl;

/// <summary>
/// Which addresses belong to a site: the base's host with or without <c>www.</c>, http or https, the same port when it is not
/// the scheme's own, and paths under the base's folder.
/// </summary>
public sealed class SiteScope
{
    private readonly Uri _base;
    private readonly string _folder;

    public SiteScope(Uri baseUrl)
    {
        _base = baseUrl;
        _folder = baseUrl.AbsolutePath[..(baseUrl.AbsolutePath.LastIndexOf('/') + 1)];
    }

    public bool Contains(Uri address) =>
        HasPort(address, _base)
        && Host(address) == Host(_base)
        && address.AbsolutePath.StartsWith(_folder, StringComparison.Ordinal);

    /// <summary>
    /// Whether a redirect stays with the same operator: the same host, or one the parent domain of the other. Politeness is
    /// kept per site, so a redirect to a stranger is not followed.
    /// </summary>
    public static bool IsSameSite(Uri one, Uri other) =>
        HasPort(one, other)
        && (Host(one) == Host(other) || IsParent(Host(one), Host(other)) || IsParent(Host(other), Host(one)));

    private static bool IsParent(string parent, string child) =>
        child.Length > parent.Length
        && child.EndsWith(parent, StringComparison.Ordinal)
        && child[^(parent.Length + 1)] == '.'
        && Uri.CheckHostName(parent) == UriHostNameType.Dns;

    private static bool HasPort(Uri one, Uri other) => one.Port == other.Port || (one.IsDefaultPort && other.IsDefaultPort);

    private static string Host(Uri address) =>
        address.IdnHost.StartsWith("www.", StringComparison.Ordinal) ? address.IdnHost[4..] : address.IdnHost;
}
