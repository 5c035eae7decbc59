using System.Text.Json.Nodes;
using Marketline.LocalHost.DemoMarketplace.Products;
using Marketline.LocalHost.DemoMarketplace.Shops;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>What the pages of a shop that is built by script load: the script, and the products' fragments.</summary>
internal sealed class ScriptHandler(Site site, ScriptedShop style)
{
    /// <returns>False when the request is for something else.</returns>
    public async Task<bool> TryHandleAsync(ShopRequest request)
    {
        var (context, target, baseUrl, day) = request;
        if (target == ScriptedShop.ScriptPath)
        {
            await Respond.TextAsync(context, style.Script, "text/javascript; charset=utf-8");
            return true;
        }

        var path = target.StartsWith(ScriptedShop.FragmentPrefix, StringComparison.Ordinal) ? target[ScriptedShop.FragmentPrefix.Length..] : null;
        if (path is null || Target.LastId(path) is not { } id || Catalogue.IndexOf(id) is not { } index)
        {
            return false;
        }

        if (site.Catalogue.Status(index, day) != ItemStatus.Live || path != style.ProductPath(site.Catalogue.Item(index, day)))
        {
            return false;
        }

        var (body, data) = site.ProductFragment(style, baseUrl, index, day);
        await Respond.JsonAsync(context, new JsonObject { ["body"] = body, ["data"] = data });
        return true;
    }
}
