using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Shops;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>Sends a shop's pages, compressed where that is switched on and the client takes it.</summary>
internal sealed class PageSender(Site site, bool useCompression)
{
    public Task SendAsync(ShopRequest request, HtmlPage page, PageCharset? charset = null)
    {
        var accepted = request.Context.Request.Headers.AcceptEncoding.ToString();
        var compress = useCompression && accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase);
        return Respond.PageAsync(request.Context, site, page, charset ?? PageCharset.Utf8, compress);
    }

    /// <param name="request">Whose page there is none of.</param>
    /// <param name="status">Some shops say 200.</param>
    public Task SendNotFoundAsync(ShopRequest request, int status)
    {
        request.Context.Response.StatusCode = status;
        return SendAsync(request, ShopPages.NotFound(site.Style, new PageContext(request.BaseUrl, [])));
    }
}
