namespace Marketline.Core.Plans;

/// <summary>One site of a plan.</summary>
/// <param name="BaseUrl">The site's root, such as <c>https://shop.example/</c>.</param>
/// <param name="IsMirror">The site serves saved pages of other sites at <c>/&lt;host&gt;/&lt;path&gt;</c>.</param>
public sealed record PlanSite(Uri BaseUrl, bool IsMirror = false);
