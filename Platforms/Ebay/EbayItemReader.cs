using System.Globalization;
using System.Text.Json;
using Marketline.Core.Clean;
using Marketline.Core.Extract;
using Marketline.Platforms.Api;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Ebay;

/// <summary>
/// Turns an item (https://developer.ebay.com/api-docs/buy/browse/types/gct:Item) or its summary among search results
/// (https://developer.ebay.com/api-docs/buy/browse/types/gct:ItemSummary) into an offer. Sellers' names are left out: the API licence
/// forbids to collect what eBay's users are called.
/// </summary>
internal sealed class EbayItemReader(string marketplace, DateTimeOffset seenUtc)
{
    private readonly Uri _site = EbayMarketplace.SiteOf(marketplace);

    public IEnumerable<ExtractedObject> ReadSummaries(JsonElement summaries)
    {
        var index = 0;
        foreach (var summary in summaries.EnumerateArray())
        {
            // It has no brand, no numbers, no rating.
            yield return ReadItem(summary, $"itemSummaries[{index++}]") with { Scope = OfferScope.Price };
        }
    }

    /// <summary>The variations of a listing; a text that several have stands beside them (https://developer.ebay.com/api-docs/buy/browse/types/gct:ItemGroup).</summary>
    public IEnumerable<ExtractedObject> ReadGroup(JsonElement group)
    {
        var shared = SharedDescriptions(group);
        var index = 0;
        foreach (var item in group.Items("items"))
        {
            var common = item.Text("itemId") is { } id ? shared.GetValueOrDefault(id) : default;
            yield return ReadItem(item, $"items[{index++}]", common.Text, common.Location);
        }
    }

    public ExtractedObject ReadItem(JsonElement item, string position, string? description = null, string? descriptionLocation = null)
    {
        var id = EbayItemId.TryParse(item.Text("itemId"));
        var title = item.Text("title");
        var fields = new OfferFields(position);
        fields.Add(FieldNames.Name, title, "title");
        fields.Add(FieldNames.Description, item.Text("description"), "description");
        fields.AddFrom(FieldNames.Description, description, descriptionLocation);
        fields.Add(FieldNames.Description, item.Text("shortDescription"), "shortDescription");
        fields.Add(FieldNames.Price, item.Member("price")?.Text("value"), "price.value");
        fields.Add(FieldNames.PriceCurrency, item.Member("price")?.Text("currency"), "price.currency");
        fields.Add(FieldNames.ListPrice, item.Member("marketingPrice")?.Member("originalPrice")?.Text("value"), "marketingPrice.originalPrice.value");
        fields.Add(FieldNames.ShippingPrice, item.Items("shippingOptions") is [var shipping, ..] ? shipping.Member("shippingCost")?.Text("value") : null, "shippingOptions[0].shippingCost.value");
        AddAvailability(fields, item);
        fields.Add(FieldNames.ItemCondition, ConditionOf(item.Text("conditionId")), "conditionId");
        fields.Add(FieldNames.ItemCondition, item.Text("condition"), "condition");
        fields.Add(FieldNames.Sku, id?.Listing, "itemId");
        fields.Add(FieldNames.Mpn, item.Text("mpn"), "mpn");
        fields.Add(FieldNames.Gtin, item.Text("gtin") is { } gtin && gtin.Any(char.IsAsciiDigit) ? gtin : null, "gtin");
        fields.Add(FieldNames.Brand, item.Text("brand"), "brand");
        fields.Add(FieldNames.Category, item.Text("categoryPath")?.Replace("|", " > ", StringComparison.Ordinal), "categoryPath");
        fields.Add(FieldNames.Category, item.Items("categories") is [var category, ..] ? category.Text("categoryName") : null, "categories[0].categoryName");
        fields.Add(FieldNames.Image, item.Member("image")?.Text("imageUrl"), "image.imageUrl");
        fields.Add(FieldNames.Images, ImagesOf(item), "additionalImages");
        fields.Add(FieldNames.RatingValue, item.Member("primaryProductReviewRating")?.Text("averageRating"), "primaryProductReviewRating.averageRating");
        fields.Add(FieldNames.ReviewCount, item.Member("primaryProductReviewRating")?.Text("reviewCount"), "primaryProductReviewRating.reviewCount");
        return new ExtractedObject
        {
            Type = ObjectType.Offer,
            ObjectKey = (id ?? new EbayItemId($"?{title}", null)).Key(marketplace),
            Url = id?.UrlOn(_site) ?? _site.AbsoluteUri,
            Position = position,
            Fields = fields.All,
        };
    }

    /// <summary>eBay says of a listing that has ended what its stock was: its end tells (https://developer.ebay.com/api-docs/buy/browse/overview.html).</summary>
    private void AddAvailability(OfferFields fields, JsonElement item)
    {
        var ended = item.Text("itemEndDate") is { } end
            && DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var endUtc)
            && endUtc <= seenUtc;
        fields.Add(FieldNames.Availability, ended ? nameof(Availability.OutOfStock) : null, "itemEndDate");
        var status = item.Items("estimatedAvailabilities") is [var first, ..] ? first.Text("estimatedAvailabilityStatus") : null;
        fields.Add(FieldNames.Availability, StockOf(status), "estimatedAvailabilities[0].estimatedAvailabilityStatus");
    }

    /// <summary>Null where there is only the main one.</summary>
    private static string? ImagesOf(JsonElement item)
    {
        var others = item.Items("additionalImages").Select(image => image.Text("imageUrl")).OfType<string>().ToList();
        return others.Count == 0 ? null : string.Join('\n', others.Prepend(item.Member("image")?.Text("imageUrl")).OfType<string>().Distinct());
    }

    private static string? StockOf(string? status) =>
        status switch
        {
            "IN_STOCK" => nameof(Availability.InStock),
            "LIMITED_STOCK" => nameof(Availability.LimitedAvailability),
            "OUT_OF_STOCK" => nameof(Availability.OutOfStock),
            _ => status,
        };

    /// <summary>Names of conditions differ with site and category, ids do not (https://developer.ebay.com/devzone/finding/callref/enums/conditionIdList.html).</summary>
    private static string? ConditionOf(string? id) =>
        id switch
        {
            "1000" or "1500" or "1750" => nameof(ItemCondition.New),
            "2000" or "2010" or "2020" or "2030" or "2500" => nameof(ItemCondition.Refurbished),
            "2750" or "2990" or "3000" or "3010" or "4000" or "5000" or "6000" => nameof(ItemCondition.Used),
            "7000" => nameof(ItemCondition.Damaged),
            _ => null,
        };

    private static Dictionary<string, (string Text, string Location)> SharedDescriptions(JsonElement group)
    {
        var shared = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        var common = group.Items("commonDescriptions");
        for (var i = 0; i < common.Count; i++)
        {
            if (common[i].Text("description") is not { } text || common[i].Member("itemIds") is not { ValueKind: JsonValueKind.Array } ids)
            {
                continue;
            }

            foreach (var id in ids.EnumerateArray())
            {
                if (JsonMembers.TextOf(id) is { } name)
                {
                    shared.TryAdd(name, (text, $"commonDescriptions[{i}].description"));
                }
            }
        }

        return shared;
    }
}
