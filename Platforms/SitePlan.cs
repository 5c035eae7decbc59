namespace Marketline.Platforms;

/// <summary>One site of a plan.</summary>
/// <param name="BaseUrl">The site's root, such as <c>https://shop.example/</c>.</param>
/// <param name="IsMirror">
/// The site serves saved pages of other sites at <c>/&lt;host&gt;/&lt;path&gt;</c>; a page's original address is
/// <c>https://&lt;host&gt;/&lt;path&gt;</c>, or what its <c>Link: &lt;…&gt;; rel="original"</c> header says (RFC 7089).
/// </param>
/// <param name="MaxTargetCount">Planning stops after so many targets.</param>
public sealed record SitePlan(Uri BaseUrl, bool IsMirror = false, int MaxTargetCount = 1_000_000);
