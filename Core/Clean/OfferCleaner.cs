using Marketline.Core.Crawl;
using Marketline.Core.Extract;

namespace Marketline.Core.Clean;

/// <summary>
/// Turns an extracted offer into a clean one, or says why not. Pure: the same object in the same context gives the same record.
/// A bad price rejects the whole record (a wrong price is worse than none) unless the offer is gone; any other bad field is dropped
/// and reported.
/// </summary>
public static class OfferCleaner
{
    private const int MaxUrlLength = 2_000;
    private const int MaxImageCount = 20;

    public static CleanResult<Offer> Clean(ExtractedObject source, CleanContext context)
    {
        var fields = new FieldReader(source);
        if (source.DefectReason is { } defect)
        {
            return Rejected(fields, defect, "");
        }

        var availability = fields.Parsed(FieldNames.Availability, CleanRules.AvailabilityUnknown, AvailabilityText.Parse);
        if (!PriceCleaner.TryRead(fields, context, availability, out var price))
        {
            return new CleanResult<Offer>(null, fields.Violations);
        }

        if (price.Amount is null && context.Kind == CrawlKind.Prices && !AvailabilityText.IsGone(availability))
        {
            return Rejected(fields, CleanRules.PriceMissing, FieldNames.Price);
        }

        var offer = Build(fields, context, price, availability);
        var isEmpty = offer is { Name: null, Price: null, Sku: null, Gtin: null, Mpn: null };
        return isEmpty
            ? Rejected(fields, CleanRules.RecordEmpty, "")
            : new CleanResult<Offer>(offer with { ContentHash = ContentHashes.Of(offer) }, fields.Violations);
    }

    private static CleanResult<Offer> Rejected(FieldReader fields, string rule, string field)
    {
        fields.Report(rule, field);
        return new CleanResult<Offer>(null, fields.Violations);
    }

    private static Offer Build(FieldReader fields, CleanContext context, CleanPrice price, Availability? availability)
    {
        var evidence = price.Amount is null ? null : fields.Raw(FieldNames.Price);
        return new Offer
        {
            ObjectKey = fields.Source.ObjectKey,
            Platform = context.Platform,
            Site = context.Site,
            Url = fields.Source.Url,
            SeenUtc = context.SeenUtc,
            Scope = fields.Source.Scope,
            Name = fields.Plain(FieldNames.Name, 500),
            Price = price.Amount,
            CurrencyCode = price.CurrencyCode,
            ListPrice = price.ListAmount,
            Availability = availability,
            Condition = ConditionText.Parse(fields.Plain(FieldNames.ItemCondition, 200) ?? ""),
            Seller = fields.Plain(FieldNames.Seller, 200),
            ShippingPrice = PriceCleaner.Shipping(fields, price.CurrencyCode),
            Sku = Identifier(fields, FieldNames.Sku),
            Mpn = Identifier(fields, FieldNames.Mpn),
            Gtin = CleanGtin(fields),
            Brand = fields.Plain(FieldNames.Brand, 200),
            Category = fields.Plain(FieldNames.Category, 500),
            ImageUrl = ImageUrl(fields, fields.Plain(FieldNames.Image, MaxUrlLength)),
            ImageUrls = ImageUrls(fields),
            RatingValue = Rating(fields),
            ReviewCount = fields.Parsed(FieldNames.ReviewCount, CleanRules.RatingUnreadable, PlainNumber.ReadCount),
            PriceRaw = evidence?.Text,
            PriceSource = evidence?.Source,
            PriceLocation = evidence?.Location,
            PriceConfidence = evidence?.Confidence,
            ContentHash = "",
        };
    }

    /// <summary>Without the label that some markup puts before it (<c>sku:123</c>, as Google's product examples do).</summary>
    private static string? Identifier(FieldReader fields, string field)
    {
        var text = fields.Plain(field, 200);
        var colon = text?.IndexOf(':') ?? -1;
        var isLabelled = colon > 0 && text!.AsSpan(0, colon).Trim() is var label && IsIdentifierLabel(label);
        var value = isLabelled ? text![(colon + 1)..].Trim() : text;
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static bool IsIdentifierLabel(ReadOnlySpan<char> label) =>
        label.Equals("sku", StringComparison.OrdinalIgnoreCase)
        || label.Equals("mpn", StringComparison.OrdinalIgnoreCase)
        || label.Equals("productid", StringComparison.OrdinalIgnoreCase);

    private static string? CleanGtin(FieldReader fields)
    {
        if (fields.Raw(FieldNames.Gtin) is not { } raw)
        {
            return null;
        }

        var gtin = Gtin.TryNormalise(raw.Text);
        if (gtin is null)
        {
            fields.Report(CleanRules.GtinCheckDigit, FieldNames.Gtin);
        }

        return gtin;
    }

    private static decimal? Rating(FieldReader fields)
    {
        var best = fields.Source.Text(FieldNames.BestRating) is { } text ? PlainNumber.ReadRating(text) : null;
        return fields.Parsed(
            FieldNames.RatingValue,
            CleanRules.RatingUnreadable,
            raw => PlainNumber.ReadRating(raw) is { } value ? RatingScale.ToFive(value, best) : null
        );
    }

    private static string? ImageUrls(FieldReader fields)
    {
        var urls = (fields.Source.Text(FieldNames.Images) ?? "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => ImageUrl(fields, PlainText.Clean(line, MaxUrlLength)))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Take(MaxImageCount)
            .ToList();
        return urls.Count < 2 ? null : string.Join(' ', urls);
    }

    private static string? ImageUrl(FieldReader fields, string? text) =>
        text is not null
        && Uri.TryCreate(fields.Source.Url, UriKind.Absolute, out var page)
        && Uri.TryCreate(page, text, out var image)
        && (image.Scheme == Uri.UriSchemeHttps || image.Scheme == Uri.UriSchemeHttp)
            ? image.AbsoluteUri
            : null;
}
