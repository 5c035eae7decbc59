using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;

namespace Marketline.Platforms.Extract;

/// <summary>Reads the customer reviews that a page carries as structured data (https://schema.org/Review).</summary>
public static class ReviewPageReader
{
    public const string NoReviews = "no-reviews";

    private const int MaxDepth = 12;
    private const int MaxReviews = 2_000;

    /// <summary>The reviews in the page's order, or why there is none. Never throws for what stands in the page.</summary>
    public static ExtractionResult Read(FetchedPage page)
    {
        var scan = HtmlPage.Scan(page, out var defect);
        if (scan is null)
        {
            return ExtractionResult.Defective(defect!);
        }

        var address = Uri.TryCreate(page.FinalUrl, UriKind.Absolute, out var parsed) ? parsed : null;
        var items = StructuredItems.Of(scan);
        var main = ProductItems.Find(items, new PageIdentity(scan, address)).Main;
        var product = main.MaxBy(found => found.Score)?.Item;
        var reviews = Reviews(items);
        return reviews.Count == 0 ? ExtractionResult.Skipped(NoReviews) : new ExtractionResult(Objects(page, scan, product, reviews));
    }

    /// <summary>Of one kind of markup only: pages repeat in microdata what they say in JSON-LD.</summary>
    private static List<StructuredItem> Reviews(List<StructuredItem> items)
    {
        var found = new List<StructuredItem>();
        var seen = new HashSet<StructuredItem>();
        foreach (var item in items)
        {
            Collect(item, found, seen, 0);
        }

        return found.Where(HasContent).GroupBy(review => review.Source).MaxBy(group => group.Count())?.ToList() ?? [];
    }

    private static void Collect(StructuredItem item, List<StructuredItem> found, HashSet<StructuredItem> seen, int depth)
    {
        if (depth > MaxDepth || found.Count >= MaxReviews || !seen.Add(item))
        {
            return;
        }

        if (item.Is("Review") || item.Is("UserReview") || item.Is("CriticReview"))
        {
            found.Add(item);
            return;
        }

        foreach (var (_, values) in item.Properties)
        {
            foreach (var value in values)
            {
                if (value.Item is { } nested)
                {
                    Collect(nested, found, seen, depth + 1);
                }
            }
        }
    }

    private static bool HasContent(StructuredItem review) => Body(review) is not null || Rating(review) is not null;

    private static List<ExtractedObject> Objects(FetchedPage page, PageScan scan, StructuredItem? product, List<StructuredItem> reviews)
    {
        var url = CanonicalUrl.Of(page.Url);
        var known = PageAddress.Of(page, scan);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var objects = new List<ExtractedObject>(reviews.Count);
        for (var i = 0; i < reviews.Count; i++)
        {
            var part = Part(reviews[i]);
            var count = seen[part] = seen.GetValueOrDefault(part) + 1;
            objects.Add(
                new ExtractedObject
                {
                    Type = ObjectType.Review,
                    ObjectKey = ObjectKey.FromUrl(known, count == 1 ? part : $"{part}\n{count.ToString(CultureInfo.InvariantCulture)}"),
                    Url = url,
                    Position = $"reviews[{i}]",
                    Fields = Fields(reviews[i], product),
                    Language = scan.Language,
                }
            );
        }

        return objects;
    }

    /// <summary>
    /// What tells a review from the others on its page in every run: its own id, else day, rating and text. Not the author: keys
    /// are no secret, and a digest without a key can be guessed.
    /// </summary>
    private static string Part(StructuredItem review) =>
        review.Id is { Length: > 0 } id
            ? $"review\n{id}"
            : $"review\n{review.First("datePublished")?.Text}\n{Rating(review)?.Text}\n{Body(review)?.Text}";

    private static Dictionary<string, RawField> Fields(StructuredItem review, StructuredItem? product)
    {
        var fields = new Dictionary<string, RawField>(StringComparer.Ordinal);
        void Add(string field, StructuredValue? value)
        {
            if (value is not null)
            {
                fields.TryAdd(field, new RawField(value.Text.Trim(), review.Source, value.Location, 0.9));
            }
        }

        var reviewed = review["itemReviewed"].Select(value => value.Item).FirstOrDefault(item => item is not null) ?? product;
        Add(FieldNames.Name, reviewed?.First("name"));
        Add(FieldNames.Sku, reviewed?.First("sku"));
        Add(FieldNames.Author, review.First("author"));
        Add(FieldNames.DatePublished, review.First("datePublished") ?? review.First("dateCreated"));
        Add(FieldNames.ReviewBody, Body(review));
        Add(FieldNames.ReviewRating, Rating(review));
        Add(FieldNames.BestRating, RatingItem(review)?.First("bestRating"));
        return fields;
    }

    private static StructuredValue? Body(StructuredItem review) => review.First("reviewBody") ?? review.First("description") ?? review.First("name");

    private static StructuredValue? Rating(StructuredItem review) => RatingItem(review)?.First("ratingValue") ?? review.First("reviewRating") ?? review.First("ratingValue");

    private static StructuredItem? RatingItem(StructuredItem review) => review["reviewRating"].Select(value => value.Item).FirstOrDefault(item => item is not null);
}
