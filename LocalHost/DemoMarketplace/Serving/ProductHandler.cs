using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Faults;
using Marketline.LocalHost.DemoMarketplace.Products;
using Marketline.LocalHost.DemoMarketplace.Shops;
using Microsoft.AspNetCore.Http;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>Answers the requests for a shop's product pages, rightly or, where a fault is planned, wrongly.</summary>
internal sealed class ProductHandler(Site site, FaultResponder faults, PageSender pages)
{
    private const string VariantQuery = "?variant=";
    private const int HopCount = 3;

    /// <returns>False when the address is no product's.</returns>
    public async Task<bool> TryHandleAsync(ShopRequest request)
    {
        var variant = request.Target.IndexOf(VariantQuery, StringComparison.Ordinal);
        var path = variant < 0 ? request.Target : request.Target[..variant];
        if (Target.LastId(path) is not { } id || Catalogue.IndexOf(id) is not { } index)
        {
            return false;
        }

        var status = site.Catalogue.Status(index, request.Day);
        if (status == ItemStatus.Unknown)
        {
            return false;
        }

        var item = site.Catalogue.Item(index, request.Day);
        if (path == site.Style.ProductPath(item) || path == site.Style.DuplicatePath(item))
        {
            await AnswerAsync(request, item, status);
            return true;
        }

        return path.StartsWith(FaultResponder.HopPrefix, StringComparison.Ordinal)
            && await TryHopAsync(request, path, item);
    }

    private async Task AnswerAsync(ShopRequest request, Item item, ItemStatus status)
    {
        var kind = site.Faults.KindOf(item.Index);
        if (status != ItemStatus.Live)
        {
            await pages.SendNotFoundAsync(request, site.Catalogue.GoneStatusCode(item.Index));
        }
        else if (kind == FaultKind.SoftNotFound)
        {
            await pages.SendNotFoundAsync(request, StatusCodes.Status200OK);
        }
        else if (
            kind == FaultKind.None
            || !await faults.TryRespondAsync(request.Context, kind, request.Target, item.Id)
        )
        {
            await SendProductAsync(request, item);
        }
    }

    private async Task<bool> TryHopAsync(ShopRequest request, string path, Item item)
    {
        var hop = path[FaultResponder.HopPrefix.Length..].Split('/')[0];
        if (!int.TryParse(hop, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var next = FaultResponder.Hop(number + 1, item.Id);
        switch (site.Faults.KindOf(item.Index))
        {
            case FaultKind.RedirectChain when number >= HopCount:
                await SendProductAsync(request, item);
                return true;
            case FaultKind.RedirectChain or FaultKind.RedirectEndless:
                return FaultResponder.Redirect(request.Context, next);
            case FaultKind.RedirectLoop:
                return FaultResponder.Redirect(request.Context, site.Style.ProductPath(item));
            default:
                return false;
        }
    }

    private Task SendProductAsync(ShopRequest request, Item item) =>
        pages.SendAsync(request, site.ProductPage(request.BaseUrl, item.Index, request.Day), site.Style.Charset(item));
}
