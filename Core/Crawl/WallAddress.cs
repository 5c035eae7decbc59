using System.Collections.Frozen;

namespace Marketline.Core.Crawl;

/// <summary>
/// Recognises by its address what a site redirects a page to when it wants something first: a login, or consent to its cookies.
/// What stands there is no page that was asked for.
/// </summary>
public static class WallAddress
{
    private static readonly FrozenSet<string> LoginWords = new[]
    {
        "login", "log-in", "logon", "signin", "sign-in", "sign_in", "sso", "accounts", "login.aspx", "login.php", "login.html", "login.jsp",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> ConsentWords = new[]
    {
        "consent", "cookie-consent", "cookieconsent", "cookiewall", "cookie-wall", "privacywall", "privacy-wall", "guce", "gdpr",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <returns>One of <see cref="FetchReasons"/>; null for any other address, and where the page asked for is one of these itself.</returns>
    public static string? Find(Uri asked, Uri redirectedTo)
    {
        var reason = Of(redirectedTo);
        return reason is not null && Of(asked) is null ? reason : null;
    }

    /// <summary>The host's first label says it, or a folder or file of the path.</summary>
    private static string? Of(Uri address)
    {
        var words = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Append(address.Host.Split('.')[0]).ToList();
        return words.Exists(LoginWords.Contains) ? FetchReasons.BlockedLogin
            : words.Exists(ConsentWords.Contains) ? FetchReasons.BlockedConsent
            : null;
    }
}
