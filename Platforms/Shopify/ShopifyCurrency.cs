using System.Text.Json;
using Marketline.Core.Crawl;

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
            if (page.FailureReason is FetchReasons.AddressRefused or FetchReasons.DnsFailed or FetchReasons.ConnectFailed or FetchReasons.TlsFailed or FetchReasons.TimedOut)
            {
                throw new TargetPlanningException($"The shop {site} can not be reached ({page.FailureReason}): {page.FailureDetail}");
            }

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
            using var document = JsonDocument.Parse(body);
            var isStated = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("currency", out var value) && value.ValueKind == JsonValueKind.String;
            var code = isStated ? document.RootElement.GetProperty("currency").GetString()! : "";
            return code.Length == 3 && code.All(char.IsAsciiLetter) ? code.ToUpperInvariant() : null;
        }
        catch (JsonException)
        {
            // A password page or a theme's own page under this path: the shop does not tell.
            return null;
        }
    }
}
