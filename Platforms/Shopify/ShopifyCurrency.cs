using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Extract;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Shopify;

/// <summary>
/// Asks a shop for its currency: <c>/meta.json</c>, which every Shopify storefront serves and its robots.txt allows, then
/// <c>/cart.js</c> of the Ajax API (https://shopify.dev/docs/api/ajax/reference/cart), which most robots.txt forbid.
/// </summary>
internal static class ShopifyCurrency
{
    private static readonly string[] Paths = ["/meta.json", "/cart.js"];

    /// <returns>An ISO 4217 code; null when the shop does not tell.</returns>
    /// <exception cref="TargetPlanningException">The shop can not be reached at all.</exception>
    public static async Task<string?> FindAsync(Uri site, IPageFetcher fetcher, CancellationToken cancellationToken)
    {
        foreach (var path in Paths)
        {
            var page = await fetcher.FetchAsync(new CrawlTarget(new Uri(site, path).AbsoluteUri), cancellationToken);
            UnreachableSite.ThrowIfSo(site, page);
            if (page.FailureReason is null && ReadCode(page.Body) is { } code)
            {
                return code;
            }
        }

        return null;
    }

    private static string? ReadCode(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonText.WithoutMark(body));
            return document.RootElement.Text("currency") is { Length: 3 } code && code.All(char.IsAsciiLetter) ? code.ToUpperInvariant() : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // A password page or a theme's own page under this path: the shop does not tell.
            return null;
        }
    }
}
