using Marketline.Core.Plans;

namespace Marketline.Platforms;

/// <summary>One site of a plan.</summary>
/// <param name="BaseUrl">The site's root, such as <c>https://shop.example/</c>.</param>
/// <param name="IsMirror">
/// The site serves saved pages of other sites at <c>/&lt;host&gt;/&lt;path&gt;</c>; a page's original address is
/// <c>https://&lt;host&gt;/&lt;path&gt;</c>, or what its <c>Link: &lt;…&gt;; rel="original"</c> header says (RFC 7089).
/// </param>
/// <param name="MaxTargetCount">Planning stops after so many targets.</param>
public sealed record SitePlan(Uri BaseUrl, bool IsMirror = false, int MaxTargetCount = 1_000_000)
{
    /// <summary>See <see cref="Core.Plans.PlanSite.Items"/>.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>See <see cref="Core.Plans.PlanSite.Searches"/>.</summary>
    public IReadOnlyList<string> Searches { get; init; } = [];

    /// <summary>
    /// Where the platform's official API is, such as <c>https://api.ebay.com/</c>: targets are its calls. Null when the tenant has no
    /// credentials for it: targets are pages.
    /// </summary>
    public Uri? Api { get; init; }

    public static SitePlan Of(PlanSite site, int maxTargetCount, Uri? api) =>
        new(site.BaseUrl, site.IsMirror, maxTargetCount) { Items = site.Items, Searches = site.Searches, Api = api };
}
