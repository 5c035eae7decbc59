using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Extract;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Magento;

/// <summary>
/// Finds a shop's endpoint and store view. The endpoint is asked for the view by the header <c>Store</c> only
/// (https://developer.adobe.com/commerce/webapi/graphql/usage/headers/), however the shop's addresses tell views apart, so a plan's
/// address with a path (<c>https://shop.example/de/</c>) is looked up among the views' own.
/// </summary>
internal static class MagentoStores
{
    private const string Advice = "Check the address in the plan, or plan the shop as generic-shop: some close their GraphQL.";

    /// <exception cref="TargetPlanningException">There is no GraphQL of Magento there, or no such view.</exception>
    public static async Task<MagentoQuery> FindAsync(Uri site, IPageFetcher fetcher, CancellationToken cancellationToken)
    {
        var isRoot = site.AbsolutePath is "/" or "/index.php/";
        var query = new MagentoQuery(new Uri(site, "/graphql"), isRoot ? MagentoList.Shop : MagentoList.Stores);
        var page = await fetcher.FetchAsync(query.ToTarget(), cancellationToken);
        UnreachableSite.ThrowIfSo(site, page);
        if (page.FailureReason is { } reason)
        {
            throw new TargetPlanningException($"The GraphQL of {site} does not answer ({reason}): {page.FailureDetail} {Advice}");
        }

        using var document = TryParse(page.Body);
        if (document?.RootElement.Member("data") is not { } data || data.Member("storeConfig") is not { ValueKind: JsonValueKind.Object } config)
        {
            throw new TargetPlanningException($"What answers at {query.Endpoint} is no GraphQL of Magento. {Advice}");
        }

        return isRoot || IsOf(config, site) ? query : query with { Store = StoreOf(data, site) };
    }

    private static string StoreOf(JsonElement data, Uri site)
    {
        var stores = data.Items("availableStores");
        var store = stores.Where(candidate => IsOf(candidate, site)).Select(candidate => candidate.Text("store_code")).FirstOrDefault(code => code is not null && MagentoQuery.IsStoreCode(code));
        var addresses = stores.Select(candidate => candidate.Text("secure_base_link_url")).Where(address => address is not null).Take(20);
        return store ?? throw new TargetPlanningException($"No store view of this shop is at {site}. Give the address of one of them in the plan: {string.Join(", ", addresses)}");
    }

    private static bool IsOf(JsonElement store, Uri site) => IsSame(store.Text("secure_base_link_url"), site) || IsSame(store.Text("base_link_url"), site);

    private static bool IsSame(string? link, Uri site) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address)
        && SiteScope.IsSameSite(address, site)
        && address.AbsolutePath.TrimEnd('/').Equals(site.AbsolutePath.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(JsonText.WithoutMark(body));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
