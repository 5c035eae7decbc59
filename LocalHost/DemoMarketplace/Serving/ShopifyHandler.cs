using Marketline.LocalHost.DemoMarketplace.Products;
using Marketline.LocalHost.DemoMarketplace.Shops;
using Microsoft.AspNetCore.Http;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>The JSON addresses of the Shopify shop.</summary>
internal sealed class ShopifyHandler(Site site)
{
    private readonly ShopifyApi _api = new(site);

    /// <returns>False when the request is for something else.</returns>
    public async Task<bool> TryHandleAsync(ShopRequest request)
    {
        var (context, target, baseUrl, day) = request;
        var path = target.Split('?')[0];
        if (path == "/products.json")
        {
            var products = _api.Products(baseUrl, day, Number(context, "limit"), Number(context, "page"));
            await (
                products is null
                    ? Respond.StatusAsync(context, StatusCodes.Status400BadRequest, ShopifyApi.PageLimitMessage)
                    : Respond.JsonAsync(context, products)
            );
            return true;
        }

        if (path == "/meta.json")
        {
            await Respond.JsonAsync(context, _api.Meta(baseUrl, day));
            return true;
        }

        if (!path.EndsWith(".json", StringComparison.Ordinal) || Target.LastId(path) is not { } id)
        {
            return false;
        }

        if (
            Catalogue.IndexOf(id) is { } index
            && site.Catalogue.Status(index, day) == ItemStatus.Live
            && path == site.Style.ProductPath(site.Catalogue.Item(index, day)) + ".json"
        )
        {
            await Respond.JsonAsync(context, _api.Product(baseUrl, index, day));
            return true;
        }

        return false;
    }

    private static int? Number(HttpContext context, string name) =>
        int.TryParse(context.Request.Query[name], out var number) ? number : null;
}
