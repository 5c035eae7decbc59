using System.Text.Json;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.WooCommerce;

/// <summary>Asks for one entry of a collection, so that a shop without the Store API ends in words instead of in failed targets.</summary>
internal static class WooCommerceProbe
{
    private const string Advice = "Check the address in the plan, or plan the shop as generic-shop: some close the Store API.";

    /// <exception cref="TargetPlanningException">There is no Store API at this address.</exception>
    public static async Task CheckAsync(Uri site, WooCommerceListing listing, IPageFetcher fetcher, CancellationToken cancellationToken)
    {
        var page = await fetcher.FetchAsync((listing with { PerPage = 1 }).ToTarget(), cancellationToken);
        UnreachableSite.ThrowIfSo(site, page);
        if (page.FailureReason is { } reason)
        {
            throw new TargetPlanningException($"The Store API of {site} does not answer ({reason}): {page.FailureDetail} {Advice}");
        }

        if (!IsList(page.Body))
        {
            throw new TargetPlanningException($"What answers at {listing.Collection} is no Store API of WooCommerce. {Advice}");
        }
    }

    private static bool IsList(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(JsonText.WithoutMark(body).Span);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartArray;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
