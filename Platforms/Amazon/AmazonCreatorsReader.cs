using System.Text.Json;
using Marketline.Core.Clean;
using Marketline.Core.Extract;
using Marketline.Platforms.Api;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Amazon;

/// <summary>
/// Items of the Creators API (https://affiliate-program.amazon.com/creatorsapi/docs/en-us/introduction): the members of the Product
/// Advertising API 5 (https://webservices.amazon.com/paapi5/documentation/get-items.html) in camel case, with offers of version 2.
/// </summary>
internal sealed class AmazonCreatorsReader(AmazonMarketplace marketplace)
{
    public IEnumerable<ExtractedObject> Read(JsonElement result, string name)
    {
        var items = result.Items("items");
        for (var i = 0; i < items.Count; i++)
        {
            if (Asin.TryParse(items[i].Text("asin")) is { } asin)
            {
                yield return ReadItem(items[i], asin, $"{name}.items[{i}]");
            }
        }
    }

    private ExtractedObject ReadItem(JsonElement item, Asin asin, string position)
    {
        var fields = new OfferFields(position);
        var info = item.Member("itemInfo") ?? default;
        fields.Add(FieldNames.Name, info.Member("title")?.Text("displayValue"), "itemInfo.title.displayValue");
        fields.Add(FieldNames.Description, string.Join('\n', Values(info.Member("features"))), "itemInfo.features.displayValues");
        fields.Add(FieldNames.Brand, info.Member("byLineInfo")?.Member("brand")?.Text("displayValue"), "itemInfo.byLineInfo.brand.displayValue");
        fields.Add(FieldNames.Category, info.Member("classifications")?.Member("productGroup")?.Text("displayValue"), "itemInfo.classifications.productGroup.displayValue");
        fields.Add(FieldNames.Mpn, info.Member("manufactureInfo")?.Member("itemPartNumber")?.Text("displayValue"), "itemInfo.manufactureInfo.itemPartNumber.displayValue");
        fields.Add(FieldNames.Sku, asin.Value, "asin");
        foreach (var kind in (string[])["eans", "upcs", "isbns"])
        {
            fields.Add(FieldNames.Gtin, Values(info.Member("externalIds")?.Member(kind)).FirstOrDefault(), $"itemInfo.externalIds.{kind}.displayValues[0]");
        }

        fields.Add(FieldNames.Image, item.Member("images")?.Member("primary")?.Member("large")?.Text("url"), "images.primary.large.url");
        AddOffer(fields, item);
        return new ExtractedObject { Type = ObjectType.Offer, ObjectKey = asin.Key(marketplace.Id), Url = asin.UrlOn(marketplace.Site), Position = position, Fields = fields.All };
    }

    /// <summary>Of several the one that the page shows first.</summary>
    private static void AddOffer(OfferFields fields, JsonElement item)
    {
        var listings = item.Member("offersV2")?.Items("listings") ?? [];
        var index = Math.Max(0, listings.FindIndex(listing => listing.Member("isBuyBoxWinner") is { ValueKind: JsonValueKind.True }));
        if (index >= listings.Count)
        {
            fields.Add(FieldNames.Availability, item.Member("offersV2") is { ValueKind: JsonValueKind.Object } ? nameof(Availability.OutOfStock) : null, "offersV2.listings");
            return;
        }

        var (listing, at) = (listings[index], $"offersV2.listings[{index}]");
        var money = listing.Member("price")?.Member("money") ?? default;
        fields.Add(FieldNames.Price, money.Text("amount"), $"{at}.price.money.amount");
        fields.Add(FieldNames.PriceCurrency, money.Text("currency"), $"{at}.price.money.currency");
        fields.Add(FieldNames.ListPrice, listing.Member("price")?.Member("savingBasis")?.Member("money")?.Text("amount"), $"{at}.price.savingBasis.money.amount");
        fields.Add(FieldNames.Availability, StockOf(listing.Member("availability")?.Text("type")), $"{at}.availability.type");
        fields.Add(FieldNames.ItemCondition, listing.Member("condition")?.Text("value"), $"{at}.condition.value");
        fields.Add(FieldNames.Seller, listing.Member("merchantInfo")?.Text("name"), $"{at}.merchantInfo.name");
    }

    /// <summary>Types that offers of version 2 have.</summary>
    private static string? StockOf(string? type) =>
        type switch
        {
            "IN_STOCK" => nameof(Availability.InStock),
            "IN_STOCK_SCARCE" => nameof(Availability.LimitedAvailability),
            "OUT_OF_STOCK" or "UNAVAILABLE" => nameof(Availability.OutOfStock),
            "PREORDER" => nameof(Availability.PreOrder),
            "LEADTIME" or "AVAILABLE_DATE" => nameof(Availability.BackOrder),
            "UNKNOWN" => null,
            _ => type,
        };

    private static IEnumerable<string> Values(JsonElement? member) =>
        member?.Member("displayValues") is { ValueKind: JsonValueKind.Array } values
            ? values.EnumerateArray().Select(JsonMembers.TextOf).OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text))
            : [];
}
