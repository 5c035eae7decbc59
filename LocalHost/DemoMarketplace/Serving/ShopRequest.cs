using Microsoft.AspNetCore.Http;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>A request for something of a shop.</summary>
/// <param name="Context">The connection.</param>
/// <param name="Target">Path and query as sent.</param>
/// <param name="BaseUrl">The shop's address, without a slash at the end.</param>
/// <param name="Day">The day that is shown, the same for the whole answer.</param>
internal sealed record ShopRequest(HttpContext Context, string Target, string BaseUrl, int Day);
