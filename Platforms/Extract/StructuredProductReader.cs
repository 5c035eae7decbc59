using Marketline.Core.Clean;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>Reads the main product's structured item (https://schema.org/Product, /Offer, /AggregateOffer) into candidates.</summary>
internal static class StructuredProductReader
{
    /// <summary>A structured item whose name is the page's has this score; below it, what it says counts less.</summary>
    public const double SureScore = 3;

    private const int MaxImages = 20;
    private const int MaxShippingRates = 50;

    /// <param name="ownOffers">The product's offers, where they are not the ones that stand on it.</param>
    public static void Read(MainProduct product, ProductFacts facts, List<StructuredItem>? ownOffers = null)
    {
        var trust = product.Score >= SureScore ? 1 : Math.Max(0.4, 1 - ((SureScore - product.Score) * 0.2));
        var offers = ownOffers ?? StructuredOffers.Of(product);
        ReadPrices(product, offers, facts, trust);
        ReadAvailability(offers, facts, trust);
        ReadIdentifiers(product, offers, facts, trust);
        ReadDescriptive(product.Item, facts, trust);
        ReadRating(product.Item, facts, trust);
        ReadShipping(offers, facts, trust);
        Take(offers, "itemCondition", FieldNames.ItemCondition, facts, 0.9 * trust);
        Take(offers, "seller", FieldNames.Seller, facts, 0.9 * trust);
    }

    private static void ReadPrices(MainProduct product, List<StructuredItem> offers, ProductFacts facts, double trust)
    {
        var weight = (product.Item.Source == ExtractionSource.Rdfa ? 3.5 : 4) * trust;
        AddPrices(product.Item, product.Item.First("priceCurrency")?.Text, facts, weight);
        var hasNew = offers.Exists(offer => IsCondition(offer, ItemCondition.New));
        var hasStock = offers.Exists(offer => StatedAvailability(offer) == Availability.InStock);
        for (var i = 0; i < offers.Count; i++)
        {
            var offer = offers[i];
            var own = weight - (i == 0 ? 0 : 0.3);
            own -= hasNew && IsSecondHand(offer) ? 2 : 0;
            own -= hasStock && AvailabilityText.IsGone(StatedAvailability(offer)) ? 0.5 : 0;
            AddPrices(offer, offer.First("priceCurrency")?.Text, facts, own);
        }
    }

    private static void AddPrices(StructuredItem offer, string? currency, ProductFacts facts, double weight)
    {
        foreach (var (property, penalty) in ((string, double)[])[("price", 0), ("lowPrice", 0.1), ("salePrice", 0), ("minPrice", 0.2)])
        {
            foreach (var value in offer[property].Where(value => value.Item is null))
            {
                facts.AddPrice(facts.Prices, value.Text, currency, offer.Source, value.Location, weight - penalty);
            }
        }

        foreach (var specification in offer["priceSpecification"].Select(value => value.Item).OfType<StructuredItem>())
        {
            var kind = specification.First("priceType")?.Text ?? "";
            var isList = kind.Contains("ListPrice", StringComparison.OrdinalIgnoreCase) || kind.Contains("Strikethrough", StringComparison.OrdinalIgnoreCase) || kind.Contains("SRP", StringComparison.Ordinal);
            var isPerUnit = specification["referenceQuantity"].Count > 0;
            var price = specification.First("price") ?? specification.First("minPrice");
            if (price is not null && !isPerUnit)
            {
                facts.AddPrice(isList ? facts.ListPrices : facts.Prices, price.Text, specification.First("priceCurrency")?.Text ?? currency, offer.Source, price.Location, weight - 0.2);
            }
        }
    }

    private static void ReadAvailability(List<StructuredItem> offers, ProductFacts facts, double trust)
    {
        // A used one in stock does not make the new one available.
        var hasNew = offers.Exists(offer => IsCondition(offer, ItemCondition.New));
        foreach (var value in offers.Where(offer => !hasNew || !IsSecondHand(offer)).SelectMany(offer => offer["availability"]))
        {
            // One size in stock makes the product available.
            var meaning = AvailabilityText.Parse(value.Text);
            var confidence = meaning switch { null => 0.1, _ when AvailabilityText.IsGone(meaning) => 0.85, _ => 0.9 };
            facts.Add(FieldNames.Availability, value.Text, value.Item?.Source ?? offers[0].Source, value.Location, confidence * trust);
        }
    }

    private static void ReadIdentifiers(MainProduct product, List<StructuredItem> offers, ProductFacts facts, double trust)
    {
        var item = product.Item;
        AddIdentifier(item, "sku", FieldNames.Sku, facts, 0.85 * trust);
        AddIdentifier(item, "productID", FieldNames.Sku, facts, 0.8 * trust);
        AddIdentifier(item, "productGroupID", FieldNames.Sku, facts, 0.75 * trust);
        AddIdentifier(item, "mpn", FieldNames.Mpn, facts, 0.9 * trust);
        foreach (var offer in offers)
        {
            AddIdentifier(offer, "sku", FieldNames.Sku, facts, (offers.Count == 1 ? 0.75 : 0.5) * trust);
            AddIdentifier(offer, "mpn", FieldNames.Mpn, facts, 0.6 * trust);
            AddGtin(offer, facts, (offers.Count == 1 ? 0.8 : 0.5) * trust);
        }

        AddGtin(item, facts, 0.9 * trust);
    }

    private static void AddGtin(StructuredItem item, ProductFacts facts, double confidence)
    {
        foreach (var property in (ReadOnlySpan<string>)["gtin13", "gtin", "gtin14", "gtin12", "gtin8", "ean", "isbn"])
        {
            AddIdentifier(item, property, FieldNames.Gtin, facts, confidence);
        }
    }

    /// <summary>Identifiers are taken as the page shows them, where it shows them (<c>content="4667999"</c> beside 466/7999).</summary>
    private static void AddIdentifier(StructuredItem item, string property, string field, ProductFacts facts, double confidence)
    {
        if (item.First(property) is { } value)
        {
            var isShown = value.Shown is { Length: > 1 and < 40 } shown && shown.AsSpan().ContainsAnyInRange('0', '9') && !shown.Contains(' ');
            facts.Add(field, isShown ? value.Shown : value.Text, item.Source, value.Location, confidence);
        }
    }

    private static void ReadDescriptive(StructuredItem item, ProductFacts facts, double trust)
    {
        foreach (var (property, field) in ((string, string)[])
            [("name", FieldNames.Name), ("description", FieldNames.Description), ("brand", FieldNames.Brand), ("manufacturer", FieldNames.Brand), ("category", FieldNames.Category)])
        {
            if (item.First(property) is { } value)
            {
                facts.Add(field, value.Text, item.Source, value.Location, (property == "manufacturer" ? 0.6 : 0.9) * trust);
            }
        }

        var images = item["image"].Select(ImageAddress).OfType<StructuredValue>().Take(MaxImages).ToList();
        if (images is [var first, ..])
        {
            facts.Add(FieldNames.Image, first.Text, item.Source, first.Location, 0.9 * trust);
        }

        if (images.Count > 1)
        {
            facts.Add(FieldNames.Images, string.Join('\n', images.Select(image => image.Text.Trim()).Distinct(StringComparer.Ordinal)), item.Source, images[0].Location, 0.9 * trust);
        }
    }

    private static StructuredValue? ImageAddress(StructuredValue image) =>
        image.Item is { } picture ? picture.First("url") ?? picture.First("contentUrl") : string.IsNullOrWhiteSpace(image.Text) ? null : image;

    /// <summary>The cheapest way to have it sent (https://schema.org/OfferShippingDetails).</summary>
    private static void ReadShipping(List<StructuredItem> offers, ProductFacts facts, double trust)
    {
        foreach (var rate in offers.SelectMany(offer => offer["shippingDetails"]).SelectMany(details => details.Item?["shippingRate"] ?? []).Take(MaxShippingRates))
        {
            var amount = rate.Item is { } money ? money.First("value") ?? money.First("minValue") ?? money.First("maxValue") : rate;
            if (amount is { Item: null } && PriceText.Read(amount.Text, new NumberHints(facts.Language, IsMachineForm: true)) is { Amount: >= 0 } reading)
            {
                // Of equal confidence the first wins; the cheapest has to be surer.
                var cheaper = Math.Max(0, 0.05 - ((double)Math.Min(reading.Amount, 1_000) / 20_000));
                facts.Add(FieldNames.ShippingPrice, amount.Text, offers[0].Source, amount.Location, (0.8 + cheaper) * trust);
            }
        }
    }

    private static void ReadRating(StructuredItem item, ProductFacts facts, double trust)
    {
        if (item["aggregateRating"].Select(value => value.Item).FirstOrDefault(nested => nested is not null) is not { } rating)
        {
            return;
        }

        foreach (var (property, field) in ((string, string)[])
            [("ratingValue", FieldNames.RatingValue), ("bestRating", FieldNames.BestRating), ("reviewCount", FieldNames.ReviewCount), ("ratingCount", FieldNames.ReviewCount)])
        {
            if (rating.First(property) is { } value)
            {
                facts.Add(field, value.Text, item.Source, value.Location, (property == "ratingCount" ? 0.7 : 0.9) * trust);
            }
        }
    }

    private static void Take(List<StructuredItem> offers, string property, string field, ProductFacts facts, double confidence)
    {
        if (offers.Select(offer => (offer.Source, Value: offer.First(property))).FirstOrDefault(pair => pair.Value is not null) is { Value: { } value } found)
        {
            facts.Add(field, value.Text, found.Source, value.Location, confidence);
        }
    }

    private static Availability? StatedAvailability(StructuredItem offer) =>
        offer.First("availability") is { } value ? AvailabilityText.Parse(value.Text) : null;

    private static bool IsSecondHand(StructuredItem offer) =>
        IsCondition(offer, ItemCondition.Used) || IsCondition(offer, ItemCondition.Refurbished);

    private static bool IsCondition(StructuredItem offer, ItemCondition condition) =>
        offer.First("itemCondition") is { } value && ConditionText.Parse(value.Text) == condition;
}
