using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Ebay;

/// <summary>An item's page: what any product's page says, under the key that the API's offers have as well.</summary>
internal static class EbayItemPage
{
    public static ExtractionResult Read(FetchedPage page)
    {
        var result = ProductPageReader.Read(page);
        return result.Objects.Count > 0 && Uri.TryCreate(page.Url, UriKind.Absolute, out var address) && EbayItemId.OfAddress(address) is { } id
            ? result with { Objects = [.. result.Objects.Select(item => Rekeyed(item, id, address))] }
            : result;
    }

    private static ExtractedObject Rekeyed(ExtractedObject item, EbayItemId id, Uri address) =>
        item with
        {
            ObjectKey = id.Key(EbayMarketplace.OfSite(address) ?? address.Authority),
            Fields = new Dictionary<string, RawField>(item.Fields, StringComparer.Ordinal)
            {
                [FieldNames.Sku] = new RawField(id.Listing, ExtractionSource.Visible, "url", 1),
            },
        };
}
