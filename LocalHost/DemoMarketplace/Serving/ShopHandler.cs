using Marketline.LocalHost.DemoMarketplace.Faults;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Products;
using Marketline.LocalHost.DemoMarketplace.Shops;
using Microsoft.AspNetCore.Http;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>Answers all requests for one shop.</summary>
internal sealed class ShopHandler
{
    private const string ImagePrefix = "/img/";
    private const string Xml = "application/xml; charset=utf-8";

    private readonly Site _site;
    private readonly PageSender _pages;
    private readonly ProductHandler _products;
    private readonly ShopifyHandler? _shopify;
    private readonly ScriptHandler? _script;

    public ShopHandler(Site site, FaultResponder faults, bool useCompression)
    {
        _site = site;
        _pages = new PageSender(site, useCompression);
        _products = new ProductHandler(site, faults, _pages);
        _shopify = site.Style is ElmShop ? new ShopifyHandler(site) : null;
        _script = site.Style is ScriptedShop scripted ? new ScriptHandler(site, scripted) : null;
    }

    public async Task HandleAsync(ShopRequest request)
    {
        var isHandled =
            (_shopify is not null && await _shopify.TryHandleAsync(request))
            || (_script is not null && await _script.TryHandleAsync(request))
            || await _products.TryHandleAsync(request)
            || await TryFileAsync(request)
            || await TryPageAsync(request)
            || await TryListingAsync(request);
        if (!isHandled)
        {
            await _pages.SendNotFoundAsync(request, StatusCodes.Status404NotFound);
        }
    }

    private async Task<bool> TryFileAsync(ShopRequest request)
    {
        var (context, target, baseUrl, day) = request;
        if (target == "/robots.txt")
        {
            await Respond.TextAsync(context, RobotsFile.Text(_site, baseUrl), "text/plain; charset=utf-8");
            return true;
        }

        if (target == "/sitemap.xml")
        {
            await Respond.TextAsync(context, SitemapWriter.Index(baseUrl, SitemapPlan.Files(_site, day)), Xml);
            return true;
        }

        if (target.StartsWith(ImagePrefix, StringComparison.Ordinal) && Target.LastId(target) is { } id)
        {
            await Respond.TextAsync(context, ProductImage.Svg(id), "image/svg+xml; charset=utf-8");
            return true;
        }

        if (
            target.StartsWith("/sitemap", StringComparison.Ordinal)
            && SitemapPlan.Files(_site, day).FirstOrDefault(file => file.Path == target) is { } sitemap
        )
        {
            await Respond.SitemapAsync(context, baseUrl, sitemap);
            return true;
        }

        return false;
    }

    private async Task<bool> TryPageAsync(ShopRequest request)
    {
        var page = request.Target switch
        {
            "/" => ShopPages.Home(_site.Style, new PageContext(request.BaseUrl, Featured(request.Day))),
            ShopPages.AboutPath => ShopPages.About(_site.Style, new PageContext(request.BaseUrl, [])),
            ShopPages.ShippingPath => ShopPages.Shipping(_site.Style, new PageContext(request.BaseUrl, [])),
            _ => null,
        };
        if (page is null)
        {
            return false;
        }

        await _pages.SendAsync(request, page);
        return true;
    }

    private async Task<bool> TryListingAsync(ShopRequest request)
    {
        var number = Target.LastNumber(request.Target);
        for (var i = 0; i < _site.Catalogue.Categories.Count; i++)
        {
            var category = _site.Catalogue.Categories[i];
            var pageCount = _site.Catalogue.ListingPageCount(i, ShopPages.ListingSize, request.Day);
            if (number <= pageCount && _site.Style.CategoryPath(category, number) == request.Target)
            {
                var context = new PageContext(request.BaseUrl, Listed(i, number, ShopPages.ListingSize, request.Day));
                await _pages.SendAsync(request, ShopPages.Category(_site.Style, context, category, number, pageCount));
                return true;
            }
        }

        return false;
    }

    /// <summary>The first two of every category.</summary>
    private Item[] Featured(int day) =>
        [.. Enumerable.Range(0, _site.Catalogue.Categories.Count).SelectMany(i => Listed(i, 1, 2, day))];

    private Item[] Listed(int category, int page, int pageSize, int day) =>
        [.. _site.Catalogue.ListedItems(category, page, pageSize, day).Select(_site.Style.Shown)];
}
