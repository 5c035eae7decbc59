using Marketline.LocalHost.DemoMarketplace.Faults;
using Marketline.LocalHost.DemoMarketplace.Shops;
using Marketline.LocalHost.DemoMarketplace.Truth;
using Microsoft.AspNetCore.Http;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>All shops behind one port, told apart by host name, with the addresses that steer and explain them.</summary>
internal sealed class Marketplace
{
    private const string ControlPrefix = "/_control/";
    private const string TruthPrefix = "/_truth/";
    private const string HostSuffix = ".localhost";

    private readonly ShopClock _clock;
    private readonly Dictionary<string, Shop> _shops;
    private readonly ControlHandler _control;

    public Marketplace(DemoMarketplaceOptions options, CancellationToken stopping)
    {
        var attempts = new AttemptCounters();
        var plan = new FaultPlan(options.FaultPercent);
        var faults = new FaultResponder(attempts, new FaultBodies(), stopping);
        _clock = new ShopClock(options.Day);
        _shops = ShopRegistry
            .Create(options, plan)
            .Select(style => new Site(style, plan, options))
            .ToDictionary(
                site => site.Name,
                site => new Shop(
                    site,
                    new ShopHandler(site, faults, options.UseCompression),
                    new RequestLog(countUrls: !site.IsScale)
                )
            );
        _control = new ControlHandler(
            options,
            _clock,
            attempts,
            _shops.ToDictionary(pair => pair.Key, pair => pair.Value.Log)
        );
    }

    public int Day => _clock.Day;

    public IReadOnlyCollection<string> ShopNames => _shops.Keys;

    /// <exception cref="ArgumentException">There is no such shop.</exception>
    public IEnumerable<TruthLine> GroundTruth(string shop, int day, int port) =>
        _shops.TryGetValue(shop, out var found)
            ? new TruthBuilder(found.Site, DemoMarketplaceServer.BaseUrl(shop, port)).Lines(day)
            : throw new ArgumentException(
                $"There is no shop '{shop}'. There are: {string.Join(", ", _shops.Keys)}.",
                nameof(shop)
            );

    public Task HandleAsync(HttpContext context)
    {
        var target = Target.Of(context);
        var port = context.Connection.LocalPort;
        if (target.StartsWith(ControlPrefix, StringComparison.Ordinal))
        {
            return _control.HandleAsync(context, target[ControlPrefix.Length..]);
        }

        if (target.StartsWith(TruthPrefix, StringComparison.Ordinal))
        {
            var truth = new TruthHandler(_clock, _shops.Keys, (shop, day) => GroundTruth(shop, day, port));
            return truth.HandleAsync(context, target[TruthPrefix.Length..].Split('?')[0]);
        }

        var host = context.Request.Host.Host;
        if (
            host.EndsWith(HostSuffix, StringComparison.OrdinalIgnoreCase)
            && _shops.TryGetValue(host[..^HostSuffix.Length].ToLowerInvariant(), out var found)
        )
        {
            return ShopAsync(context, found, target);
        }

        string BaseUrl(string shop) => DemoMarketplaceServer.BaseUrl(shop, port);
        var isIndex = target == "/" && host is "localhost" or "127.0.0.1" or "[::1]";
        return isIndex
            ? Respond.TextAsync(
                context,
                IndexPage.Render(_shops.Values.Select(shop => shop.Site), BaseUrl, _clock.Day),
                "text/html; charset=utf-8"
            )
            : Respond.StatusAsync(
                context,
                StatusCodes.Status404NotFound,
                $"Nothing here. Shops: {string.Join(", ", _shops.Keys.Select(BaseUrl))}"
            );
    }

    private async Task ShopAsync(HttpContext context, Shop shop, string target)
    {
        shop.Log.Begin(target);
        try
        {
            var baseUrl = DemoMarketplaceServer.BaseUrl(shop.Site.Name, context.Connection.LocalPort);
            await shop.Handler.HandleAsync(new ShopRequest(context, target, baseUrl, _clock.Day));
        }
        finally
        {
            shop.Log.End();
        }
    }

    private sealed record Shop(Site Site, ShopHandler Handler, RequestLog Log);
}
