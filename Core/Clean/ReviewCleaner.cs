using Marketline.Core.Extract;

namespace Marketline.Core.Clean;

/// <summary>Turns an extracted review into a clean one, its author into a keyed hash, or says why not. Pure.</summary>
public static class ReviewCleaner
{
    private const int MaxBodyLength = 20_000;

    public static CleanResult<Review> Clean(ExtractedObject source, CleanContext context, AuthorPseudonymizer pseudonymizer)
    {
        var fields = new FieldReader(source);
        var best = source.Text(FieldNames.BestRating) is { } text ? PlainNumber.ReadRating(text) : null;
        var lastDay = DateOnly.FromDateTime(context.SeenUtc.UtcDateTime.AddDays(1));
        var review = new Review
        {
            ObjectKey = source.ObjectKey,
            Platform = context.Platform,
            Site = context.Site,
            Url = source.Url,
            SeenUtc = context.SeenUtc,
            ProductName = fields.Plain(FieldNames.Name, 500),
            ProductSku = fields.Plain(FieldNames.Sku, 200),
            AuthorHash = pseudonymizer.Hash(source.Text(FieldNames.Author)),
            PublishedOn = fields.Parsed(
                FieldNames.DatePublished,
                CleanRules.DateUnreadable,
                raw => DateText.Parse(raw, source.Language) is { } day && day <= lastDay ? day : (DateOnly?)null
            ),
            Rating = fields.Parsed(
                FieldNames.ReviewRating,
                CleanRules.RatingUnreadable,
                raw => PlainNumber.ReadRating(raw) is { } value ? RatingScale.ToFive(value, best) : null
            ),
            Body = fields.Plain(FieldNames.ReviewBody, MaxBodyLength),
            ContentHash = "",
        };
        if (review is { Body: null, Rating: null })
        {
            fields.Report(CleanRules.ReviewEmpty, "");
            return new CleanResult<Review>(null, fields.Violations);
        }

        return new CleanResult<Review>(review with { ContentHash = ContentHashes.Of(review) }, fields.Violations);
    }
}
