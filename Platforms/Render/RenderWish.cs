using Marketline.Core.Crawl;

namespace Marketline.Platforms.Render;

/// <summary>Whether a fetcher renders the pages that it fetches.</summary>
/// <param name="Mode">As the plan says.</param>
/// <param name="HasWanted">Whether a page holds what it is fetched for; a probe compares the page as sent with the rendered one by it.</param>
public sealed record RenderWish(RenderMode Mode, Func<FetchedPage, bool> HasWanted)
{
    /// <summary>Every page.</summary>
    public static RenderWish Always { get; } = new(RenderMode.Always, _ => true);
}
