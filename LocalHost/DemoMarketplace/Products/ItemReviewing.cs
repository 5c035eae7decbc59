using System.Globalization;

namespace Marketline.LocalHost.DemoMarketplace.Products;

/// <summary>The reviews of a product: some from before the first day, then one every ten days, staggered over the products.</summary>
internal sealed class ItemReviewing(Vocabulary words)
{
    private const int ShownCount = 5;
    private const int DaysBetween = 10;

    public static ReviewSummary None { get; } = new(null, null, []);

    public ReviewSummary Reviews(Draw draw, int itemId, int firstDay, int day)
    {
        var before = draw.Percent(30, DrawPurpose.ReviewCount) ? 0 : 1 + draw.Below(7, DrawPurpose.ReviewCount, 1);
        var phase = draw.Below(DaysBetween, DrawPurpose.ReviewPhase);
        var count = before + ((day - firstDay + phase) / DaysBetween);
        if (count == 0)
        {
            return None;
        }

        var stars = 0;
        for (var n = 0; n < count; n++)
        {
            stars += Rating(draw, n);
        }

        var rating = decimal.Round((decimal)stars / count, 1, MidpointRounding.AwayFromZero);
        var shown = Enumerable.Range(1, Math.Min(count, ShownCount)).Select(back => Review(count - back)).ToArray();
        return new ReviewSummary(rating, count, shown);

        ItemReview Review(int n) =>
            new(
                string.Create(CultureInfo.InvariantCulture, $"r{itemId}-{n + 1}"),
                Author(draw, n),
                PublishedOn(draw, n, before, phase, firstDay),
                Rating(draw, n),
                Body(draw, n)
            );
    }

    private static int Rating(Draw draw, int n)
    {
        var quality = 2 + draw.Below(4, DrawPurpose.Quality);
        return Math.Clamp(quality + draw.Below(3, DrawPurpose.ReviewRating, n) - 1, 1, 5);
    }

    private string Author(Draw draw, int n)
    {
        var given = draw.Pick(words.GivenNames, DrawPurpose.ReviewAuthor, n);
        var family = draw.Pick(words.FamilyNames, DrawPurpose.ReviewAuthor, n + 1000);
        return words.FamilyNameFirst ? $"{family} {given}" : $"{given} {family}";
    }

    private static DateOnly PublishedOn(Draw draw, int n, int before, int phase, int firstDay)
    {
        var day =
            n < before
                ? firstDay - ((before - n) * 17) - draw.Below(17, DrawPurpose.ReviewDate, n)
                : firstDay + Math.Max(0, ((n - before + 1) * DaysBetween) - phase);
        return ShopCalendar.Date(day);
    }

    private string Body(Draw draw, int n)
    {
        var sentences = words.ReviewSentences[
            Math.Max(0, Rating(draw, n) - 2) switch
            {
                0 => 0,
                1 => 1,
                _ => 2,
            }
        ];
        var first = draw.Below(sentences.Count, DrawPurpose.ReviewBody, n);
        return sentences.Count == 1 ? sentences[0] : $"{sentences[first]} {sentences[(first + 1) % sentences.Count]}";
    }
}
