namespace Marketline.Core.Crawl;

/// <summary>Why a page was not read. The texts are part of the lineage and of the API: they never change their meaning.</summary>
public static class FetchReasons
{
    /// <summary>robots.txt forbids it (RFC 9309). The object is filtered, not failed.</summary>
    public const string RobotsDisallowed = "robots-disallowed";

    /// <summary>The address leads into a private network and is not on the allow-list (SSRF guard).</summary>
    public const string AddressRefused = "address-refused";

    public const string DnsFailed = "dns-failed";
    public const string ConnectFailed = "connect-failed";
    public const string TlsFailed = "tls-failed";
    public const string TimedOut = "timed-out";

    /// <summary>The connection ended before the body did (Content-Length or chunk framing broken).</summary>
    public const string CutOff = "cut-off";

    /// <summary>The body, or what it decompresses to, is over the limit.</summary>
    public const string TooLarge = "too-large";

    public const string TooManyRedirects = "too-many-redirects";

    /// <summary>The page redirects to another site, which has a politeness of its own; it is not followed.</summary>
    public const string RedirectedOffSite = "redirected-off-site";

    /// <summary>Bytes that are no HTTP, or a content coding that does not decode.</summary>
    public const string ProtocolError = "protocol-error";

    /// <summary>401, 403, 429 after all retries, or a page that asks for proof of a human.</summary>
    public const string Blocked = "blocked";

    /// <summary>The platform's API does not take the tenant's credentials.</summary>
    public const string CredentialsRefused = "credentials-refused";

    /// <summary>A call of the platform's API was planned, and its credentials are not there any more.</summary>
    public const string CredentialsMissing = "credentials-missing";

    /// <summary>404 or 410.</summary>
    public const string NotFound = "not-found";

    /// <summary>Another status of 400 or above; the status is in the page record.</summary>
    public const string HttpError = "http-error";

    /// <summary>Not asked for: the tenant has fetched as many pages as it may on this day.</summary>
    public const string QuotaPages = "quota-pages";
}
