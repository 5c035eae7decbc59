using Marketline.Core.Crawl;

namespace Marketline.Platforms.Render;

/// <summary>A page as sent, and what is to be seen on it.</summary>
/// <param name="Page">The page.</param>
/// <param name="Sign">How much it looks like a shell.</param>
/// <param name="Yield">What it gives; an extraction, so that it is asked only where it matters, and once.</param>
internal sealed record PageSight(FetchedPage Page, ShellSign Sign, Lazy<PageYield> Yield);
