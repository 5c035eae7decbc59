using System.Text.Json.Serialization;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;

namespace Marketline.Core.Plans;

/// <summary>One site of a plan.</summary>
/// <param name="BaseUrl">The site's root, such as <c>https://shop.example/</c>.</param>
/// <param name="IsMirror">The site serves saved pages of other sites at <c>/&lt;host&gt;/&lt;path&gt;</c>.</param>
/// <param name="Selectors">Where fields stand on its pages, for those that extraction does not find by itself.</param>
public sealed record PlanSite(Uri BaseUrl, bool IsMirror = false, IReadOnlyList<FieldOverride>? Selectors = null)
{
    /// <summary>What to collect: the platform's item ids (an ASIN, an eBay item id) or addresses of item pages. Empty: all that the site lists.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>What to search the platform for; its results are collected.</summary>
    public IReadOnlyList<string> Searches { get; init; } = [];

    /// <summary>Whether the site's pages are rendered in a browser; null is <c>auto</c>. A mirror's are with <c>always</c> only.</summary>
    public RenderMode? Render { get; init; }

    /// <summary>A page that the site's sitemap names no change of (<c>lastmod</c>) since it was read is not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool TrustLastModified { get; init; }
}
