using System.Globalization;
using Marketline.Core.Crawl;

namespace Marketline.Platforms.Crawl;

/// <summary>What an HTTP status means for a target.</summary>
internal static class FetchStatuses
{
    public static FetchFailure? Explain(int status) =>
        status switch
        {
            < 300 => null,
            401 or 403 => new(FetchReasons.Blocked, Words(status)),
            429 => new(FetchReasons.Blocked, Words(status), IsRetryable: true),
            404 or 410 => new(FetchReasons.NotFound, Words(status)),
            408 or 500 or 502 or 503 or 504 => new(FetchReasons.HttpError, Words(status), IsRetryable: true),
            >= 400 => new(FetchReasons.HttpError, Words(status)),
            _ => new(FetchReasons.ProtocolError, $"Status {status} without an address to go on to."),
        };

    public static bool IsRedirect(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <summary>Failures that say something about the site, not about one page.</summary>
    public static bool IsOfSite(string reason, int status) =>
        status >= 500
        || reason
            is FetchReasons.TimedOut
                or FetchReasons.ConnectFailed
                or FetchReasons.DnsFailed
                or FetchReasons.TlsFailed
                or FetchReasons.Blocked
                or FetchReasons.BlockedCaptcha
                or FetchReasons.BlockedConsent;

    private static string Words(int status) => string.Create(CultureInfo.InvariantCulture, $"The site answered with status {status}.");
}
