using Marketline.Core.Crawl;
using Marketline.Platforms.Api;
using Marketline.Platforms.Render;
using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Crawl;

/// <summary>Opens the polite way to a site for whoever holds the site's lease.</summary>
public sealed class PageFetcherFactory
{
    private readonly HttpExchange _exchange;
    private readonly AddressGuard _guard;
    private readonly RobotsCache _robots;
    private readonly IOptions<CrawlOptions> _options;
    private readonly TimeProvider _time;

    internal PageFetcherFactory(
        HttpExchange exchange,
        AddressGuard guard,
        RobotsCache robots,
        IOptions<CrawlOptions> options,
        TimeProvider time
    )
    {
        _exchange = exchange;
        _guard = guard;
        _robots = robots;
        _options = options;
        _time = time;
        var values = options.Value;
        Settings = new ThrottleSettings(
            values.StartDelay,
            values.DelayFloor,
            values.DelayCeiling,
            values.TargetConcurrency,
            values.FailuresBeforePause,
            values.PauseDelay,
            values.MaxPauses
        );
    }

    internal ThrottleSettings Settings { get; }

    /// <summary>Null: no page is rendered.</summary>
    internal IPageRenderer? Renderer { get; init; }

    /// <param name="throttle">As stored with the site's lease; null for a site met for the first time.</param>
    /// <param name="deadlineUtc">No request begins after it; one under way may last a <c>Crawl:FetchTimeout</c> longer.</param>
    /// <param name="api">For targets that are calls of a platform's API.</param>
    /// <param name="platform">Whose site it is, which may have a proxy (<see cref="CrawlOptions.Proxies"/>).</param>
    /// <param name="render">Whether pages are rendered in a browser; null for no.</param>
    public PageFetcher Create(
        SiteThrottleState? throttle,
        DateTimeOffset? deadlineUtc = null,
        ApiSession? api = null,
        string? platform = null,
        RenderWish? render = null
    )
    {
        var site = new SiteThrottle(throttle, Settings, _time, deadlineUtc, _options.Value.MaxConcurrencyPerSite);
        return new PageFetcher(_exchange, _guard, _robots, new RequestWalk(site, _options, _time), site, _options.Value, _time, api, platform)
        {
            Rendering = render is null || Renderer is null ? null : new PageRendering(Renderer, render, site, Settings, _options, _time),
        };
    }
}
