using AngleSharp.Dom;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Amazon;

/// <summary>
/// The reviews that stand on a product's page: Amazon shows the rest to those who have signed in only. Each has an id of its own.
/// </summary>
internal static class AmazonReviews
{
    public static ExtractionResult Read(FetchedPage page)
    {
        using var document = AmazonDocument.TryParse(page, "data-hook=\"review\""u8);
        var cards = document?.QuerySelectorAll("[data-hook=review]").ToList() ?? [];
        if (cards.Count == 0)
        {
            return ReviewPageReader.Read(page);
        }

        var address = Uri.TryCreate(page.Url, UriKind.Absolute, out var parsed) ? parsed : null;
        var product = AmazonDocument.Line(document!.QuerySelector("#productTitle"));
        var asin = address is null ? null : Asin.OfAddress(address);
        var language = document.DocumentElement?.GetAttribute("lang") is { Length: > 1 and < 20 } stated ? stated : null;
        var reviews = cards.Select((card, index) => ReadCard(card, index, page, address, language, product, asin)).Where(HasContent).DistinctBy(review => review.ObjectKey).ToList();
        return reviews.Count == 0 ? ExtractionResult.Skipped(ReviewPageReader.NoReviews) : new ExtractionResult(reviews);
    }

    private static bool HasContent(ExtractedObject review) => review.Fields.ContainsKey(FieldNames.ReviewBody) || review.Fields.ContainsKey(FieldNames.ReviewRating);

    private static ExtractedObject ReadCard(IElement card, int index, FetchedPage page, Uri? address, string? language, string? product, Asin? asin)
    {
        var position = $"reviews[{index}]";
        var fields = new Dictionary<string, RawField>(StringComparer.Ordinal);
        void Add(string field, string? text, string location)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                fields.TryAdd(field, new RawField(text, ExtractionSource.Visible, location, 0.9));
            }
        }

        Add(FieldNames.Name, product, "#productTitle");
        Add(FieldNames.Sku, asin?.Value, "asin");
        Add(FieldNames.Author, AmazonDocument.Line(card.QuerySelector(".a-profile-name")), ".a-profile-name");
        Add(FieldNames.DatePublished, AmazonReviewDate.Find(AmazonDocument.Line(card.QuerySelector("[data-hook=review-date]"))), "[data-hook=review-date]");
        Add(FieldNames.ReviewBody, BodyOf(card), "[data-hook=review-body]");
        var stars = AmazonDocument.Line(card.QuerySelector("[data-hook=review-star-rating], [data-hook=cmps-review-star-rating]"));
        Add(FieldNames.ReviewRating, AmazonProductPage.RatingOf(stars), "[data-hook=review-star-rating]");
        return new ExtractedObject
        {
            Type = ObjectType.Review,
            ObjectKey = KeyOf(card, page, address, fields),
            Url = CanonicalUrl.Of(page.Url),
            Position = position,
            Fields = fields,
            Language = language,
        };
    }

    private static string? BodyOf(IElement card) =>
        AmazonDocument.Line(card.QuerySelector("[data-hook=review-body] [data-hook=review-collapsed]"))
        ?? AmazonDocument.Line(card.QuerySelector("[data-hook=review-body]"))
        ?? AmazonDocument.Line(card.QuerySelector("[data-hook=reviewText], [data-hook=review-title]"));

    /// <summary>The same review is one object in all stores that show it.</summary>
    private static string KeyOf(IElement card, FetchedPage page, Uri? address, Dictionary<string, RawField> fields) =>
        card.Id is { Length: > 5 and < 40 } id && address is not null
            ? ObjectKey.FromPlatformId(AmazonConnector.PlatformName, "reviews", id.Replace("customer_review-", "", StringComparison.Ordinal))
            : ObjectKey.FromUrl(address is null ? page.Url : address.GetLeftPart(UriPartial.Path), $"review\n{fields.GetValueOrDefault(FieldNames.DatePublished)?.Text}\n{fields.GetValueOrDefault(FieldNames.ReviewBody)?.Text}");
}
