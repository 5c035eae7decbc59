using Marketline.Core.Crawl;

namespace Marketline.Platforms.Crawl;

/// <summary>A site that gives no answer of any kind can not be planned: whoever owns the plan has to act.</summary>
internal static class UnreachableSite
{
    /// <exception cref="TargetPlanningException"><paramref name="page"/>, the first asked for, shows that nobody answers.</exception>
    public static void ThrowIfSo(Uri site, FetchedPage page)
    {
        if (Advice(page.FailureReason) is { } advice)
        {
            throw new TargetPlanningException($"The site {site} can not be reached ({page.FailureReason}): {page.FailureDetail} {advice}");
        }
    }

    private static string? Advice(string? reason) =>
        reason switch
        {
            FetchReasons.AddressRefused => "Check the site's address in the plan; a network of your own has to be allowed in the settings.",
            FetchReasons.DnsFailed => "Check the spelling of the site's address in the plan.",
            FetchReasons.TlsFailed => "Check that its certificate is valid, and that the plan's address should begin with https.",
            FetchReasons.ConnectFailed or FetchReasons.TimedOut => "Check that it opens in a browser, and run the plan again when it does.",
            _ => null,
        };
}
