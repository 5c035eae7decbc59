using System.Globalization;
using System.Text.Json;
using Marketline.Core.Clean;
using Marketline.Core.Extract;
using Marketline.Platforms.Api;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Amazon;

/// <summary>
/// Competitive summaries (https://developer-docs.amazon.com/sp-api/docs/product-pricing-api-v2022-05-01-use-case-guide): of each product the
/// offer that most customers are shown first; where none is featured, the lowest.
/// </summary>
internal sealed class AmazonPriceReader(AmazonCall call)
{
    /// <summary>What a customer paid for it lately: what stores cross out.</summary>
    private const string WasPrice = "WasPrice";

    private const int Ok = 200;

    public IEnumerable<ExtractedObject> Read(JsonElement root)
    {
        var responses = root.Items("responses");
        for (var i = 0; i < responses.Count; i++)
        {
            // An error names no product; answers come in the order of the questions.
            var stated = responses[i].Member("body")?.Text("asin") ?? (responses.Count == call.Asins.Count ? call.Asins[i] : null);
            if (Asin.TryParse(stated) is { } asin)
            {
                yield return ReadResponse(responses[i], asin, $"responses[{i}]");
            }
        }
    }

    private ExtractedObject ReadResponse(JsonElement response, Asin asin, string position)
    {
        var fields = new OfferFields($"{position}.body");
        var body = response.Member("body") ?? default;
        fields.Add(FieldNames.Sku, asin.Value, "asin");
        var isOk = response.Member("status")?.Text("statusCode") == Ok.ToString(CultureInfo.InvariantCulture) && body.Member("errors") is null;
        if (isOk)
        {
            var (offer, at) = Featured(body) ?? Lowest(body) ?? default;
            fields.Add(FieldNames.Price, offer.Member("listingPrice")?.Text("amount"), $"{at}.listingPrice.amount");
            fields.Add(FieldNames.PriceCurrency, offer.Member("listingPrice")?.Text("currencyCode"), $"{at}.listingPrice.currencyCode");
            fields.Add(FieldNames.ShippingPrice, offer.Items("shippingOptions") is [var shipping, ..] ? shipping.Member("price")?.Text("amount") : null, $"{at}.shippingOptions[0].price.amount");
            fields.Add(FieldNames.ItemCondition, offer.Text("condition") ?? offer.Text("subCondition"), $"{at}.condition");
            fields.Add(FieldNames.Seller, offer.Text("sellerId"), $"{at}.sellerId");
            fields.Add(FieldNames.Availability, at is null ? nameof(Availability.OutOfStock) : nameof(Availability.InStock), at ?? "featuredBuyingOptions");
            AddWasPrice(fields, body);
        }

        return new ExtractedObject { Type = ObjectType.Offer, ObjectKey = asin.Key(call.Marketplace.Id), Url = asin.UrlOn(call.Marketplace.Site), Position = position, Fields = fields.All, Scope = OfferScope.Price };
    }

    /// <summary>Where customers are shown different ones, that of most views.</summary>
    private static (JsonElement Offer, string Location)? Featured(JsonElement body)
    {
        var options = body.Items("featuredBuyingOptions");
        var option = Math.Max(0, options.FindIndex(option => option.Text("buyingOptionType") == "New"));
        var offers = option < options.Count ? options[option].Items("segmentedFeaturedOffers") : [];
        if (offers.Count == 0)
        {
            return null;
        }

        var best = Enumerable.Range(0, offers.Count).MaxBy(index => Views(offers[index]));
        return (offers[best], $"featuredBuyingOptions[{option}].segmentedFeaturedOffers[{best}]");
    }

    private static decimal Views(JsonElement offer) =>
        offer.Items("featuredOfferSegments").Sum(segment =>
            decimal.TryParse(segment.Member("segmentDetails")?.Text("glanceViewWeightPercentage"), NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 100 ? share : 0);

    private static (JsonElement Offer, string Location)? Lowest(JsonElement body)
    {
        var lists = body.Items("lowestPricedOffers");
        for (var i = 0; i < lists.Count; i++)
        {
            if (lists[i].Items("offers") is [var first, ..])
            {
                return (first, $"lowestPricedOffers[{i}].offers[0]");
            }
        }

        return null;
    }

    private static void AddWasPrice(OfferFields fields, JsonElement body)
    {
        var prices = body.Items("referencePrices");
        var index = prices.FindIndex(price => price.Text("name") == WasPrice);
        fields.Add(FieldNames.ListPrice, index < 0 ? null : prices[index].Member("price")?.Text("amount"), $"referencePrices[{index}].price.amount");
    }
}
