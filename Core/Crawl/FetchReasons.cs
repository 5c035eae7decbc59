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

    /// <summary>401, 403, or 429 after all retries.</summary>
    public const string Blocked = "blocked";

    /// <summary>The platform's API does not take the tenant's credentials.</summary>
    public const string CredentialsRefused = "credentials-refused";

    /// <summary>A call of the platform's API was planned, and its credentials are not there any more.</summary>
    public const string CredentialsMissing = "credentials-missing";
    /// <summary>The site asks for proof of a human.</summary>
    public const string BlockedCaptcha = "blocked-captcha";

    /// <summary>The site asks for consent to its cookies before it shows a page.</summary>
    public const string BlockedConsent = "blocked-consent";

    /// <summary>The site shows the page only to those who have logged in.</summary>
    public const string BlockedLogin = "blocked-login";

    /// <summary>404 or 410.</summary>
    public const string NotFound = "not-found";

    /// <summary>Another status of 400 or above; the status is in the page record.</summary>
    public const string HttpError = "http-error";

    /// <summary>The browser that rendered the page ended, ran out of memory or did not do as told.</summary>
    public const string RenderCrashed = "render-crashed";

    /// <summary>The page is built by script, and there is no browser to render it.</summary>
    public const string RenderUnavailable = "render-unavailable";

    /// <summary>Not asked for: the tenant has fetched as many pages as it may on this day.</summary>
    public const string QuotaPages = "quota-pages";

    /// <summary>Not asked for: the run has fetched as many pages as its plan allows. The object is filtered, so are those of the next two.</summary>
    public const string BudgetPages = "budget-pages";

    /// <summary>Not asked for: the run has fetched as many bytes as its plan allows.</summary>
    public const string BudgetBytes = "budget-bytes";

    /// <summary>Not asked for: the run's time is over.</summary>
    public const string BudgetTime = "budget-time";

    /// <summary>Not asked for: too many pages of the run have failed. The object has failed.</summary>
    public const string BudgetErrors = "budget-errors";

    /// <summary>Whether a page was left out on purpose: such an object is filtered, not failed.</summary>
    public static bool IsLeftOut(string reason) => reason is RobotsDisallowed or BudgetPages or BudgetBytes or BudgetTime;

    public static bool IsBudget(string? reason) => reason is BudgetPages or BudgetBytes or BudgetTime or BudgetErrors;
}
