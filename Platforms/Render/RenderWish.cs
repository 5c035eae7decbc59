using Marketline.Core.Crawl;

namespace Marketline.Platforms.Render;

/// <summary>Whether a fetcher renders the pages that it fetches.</summary>
/// <param name="Mode">As the plan says.</param>
/// <param name="Look">What a page gives of what it is fetched for; a probe compares the page as sent with the rendered one by it.</param>
/// <param name="WantsOffers">Pages that give offers should give their price and availability, too.</param>
public sealed record RenderWish(RenderMode Mode, Func<FetchedPage, PageYield> Look, bool WantsOffers = false)
{
    /// <summary>Every page.</summary>
    public static RenderWish Always { get; } = new(RenderMode.Always, _ => new PageYield(HasObjects: true, OfferParts.None));
}
