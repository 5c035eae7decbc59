using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;

namespace Marketline.Platforms.Render;

/// <summary>What rendering asks of the crawler, so that a browser gets nothing that the one gate would refuse.</summary>
/// <param name="Address">Where the page was fetched, after redirects.</param>
/// <param name="Cookies">Given to the browser, and added to by it.</param>
/// <param name="MayLoad">Whether a page, the first address, may load a part, the second: the guard, and the robots.txt of the page's own site.</param>
/// <param name="FollowAsync">Fetches the page that scripts went on to, as a redirect; null when it has to be given back.</param>
internal sealed record RenderGate(
    Uri Address,
    SiteCookies Cookies,
    Func<Uri, Uri, CancellationToken, ValueTask<bool>> MayLoad,
    Func<Uri, CancellationToken, Task<(FetchedPage Page, Uri Address)?>> FollowAsync
);
