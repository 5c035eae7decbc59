using System.Globalization;
using Marketline.Core.Extract;
using Marketline.Core.Naming;

namespace Marketline.Platforms.GoogleMerchant;

/// <summary>From a feed's row to an offer: variants are rows of their own (with one <c>item_group_id</c>), so each is one.</summary>
internal sealed class FeedOffer(Uri feed, DateTimeOffset seenUtc)
{
    private const string RawRow = "row";

    public ExtractedObject Create(FeedRow row)
    {
        var id = row.Attributes.GetValueOrDefault(FeedAttributes.Id);
        var problem = row.Problem ?? (id is null ? FeedProblems.NoId : null);
        var number = row.Number.ToString(CultureInfo.InvariantCulture);
        return new ExtractedObject
        {
            Type = ObjectType.Offer,
            ObjectKey = problem is null ? ObjectKey.FromPlatformId(GoogleMerchantConnector.PlatformName, feed.Authority, id!) : ObjectKey.FromUrl(CanonicalUrl.Of(feed.AbsoluteUri), $"row {number}"),
            Url = UrlOf(row),
            Position = $"row {number}",
            DefectReason = problem,
            Fields = problem is null ? Fields(row) : Evidence(row),
        };
    }

    private string UrlOf(FeedRow row) =>
        row.Attributes.GetValueOrDefault(FeedAttributes.Link) is { } link && Uri.TryCreate(feed, link, out var url) && CanonicalUrl.TryCreate(url) is { } canonical
            ? canonical
            : CanonicalUrl.Of(feed.AbsoluteUri);

    private Dictionary<string, RawField> Fields(FeedRow row)
    {
        var fields = new Dictionary<string, RawField>(12, StringComparer.Ordinal);
        void Add(string field, string attribute, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                fields.TryAdd(field, new RawField(text, ExtractionSource.Api, attribute, 1));
            }
        }

        void Copy(string field, string attribute) => Add(field, attribute, row.Attributes.GetValueOrDefault(attribute));

        Copy(FieldNames.Name, FeedAttributes.Title);
        AddPrices(row, Add);
        Add(FieldNames.Availability, FeedAttributes.Availability, row.Attributes.GetValueOrDefault(FeedAttributes.Availability)?.Replace('_', ' '));
        Copy(FieldNames.ItemCondition, FeedAttributes.Condition);
        Copy(FieldNames.Sku, FeedAttributes.Id);
        Copy(FieldNames.Gtin, FeedAttributes.Gtin);
        Copy(FieldNames.Mpn, FeedAttributes.Mpn);
        Copy(FieldNames.Brand, FeedAttributes.Brand);
        Copy(FieldNames.Category, FeedAttributes.ProductType);
        Copy(FieldNames.Category, FeedAttributes.GoogleProductCategory);
        Copy(FieldNames.Image, FeedAttributes.ImageLink);
        Copy("itemGroupId", FeedAttributes.ItemGroupId);
        Copy(FieldNames.ShippingPrice, FeedAttributes.ShippingPrice);
        Add(FieldNames.ShippingPrice, FeedAttributes.Shipping, ShippingPrice(row));
        return fields;
    }

    /// <summary>While a sale is on, its price is the price and the other one the list price.</summary>
    private void AddPrices(FeedRow row, Action<string, string, string?> add)
    {
        var price = FeedPrice.Read(row.Attributes.GetValueOrDefault(FeedAttributes.Price));
        var isSale = FeedPrice.IsOn(row.Attributes.GetValueOrDefault(FeedAttributes.SalePriceEffectiveDate), seenUtc);
        if (isSale && FeedPrice.Read(row.Attributes.GetValueOrDefault(FeedAttributes.SalePrice)) is { } sale)
        {
            add(FieldNames.Price, FeedAttributes.SalePrice, sale.Amount);
            add(FieldNames.PriceCurrency, FeedAttributes.SalePrice, sale.Currency);
            add(FieldNames.ListPrice, FeedAttributes.Price, price?.Amount);
        }

        add(FieldNames.Price, FeedAttributes.Price, price?.Amount);
        add(FieldNames.PriceCurrency, FeedAttributes.Price, price?.Currency);
    }

    /// <summary>In tables <c>US:CA:Standard:4.95 USD</c>, several between commas: the first one's price.</summary>
    private static string? ShippingPrice(FeedRow row) => row.Attributes.GetValueOrDefault(FeedAttributes.Shipping)?.Split(',')[0].Split(':')[^1].Trim();

    private static Dictionary<string, RawField> Evidence(FeedRow row) =>
        string.IsNullOrWhiteSpace(row.Raw) ? [] : new(StringComparer.Ordinal) { [RawRow] = new RawField(row.Raw, ExtractionSource.Api, RawRow, 1) };
}
