using System.Globalization;
using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Magento;

/// <summary>
/// Reads the reviews of an answer (https://developer.adobe.com/commerce/webapi/graphql/schema/products/interfaces/attributes/, since
/// Magento 2.4.1). They have no id: day, rating and text tell those of a product apart.
/// </summary>
internal static class MagentoReviewReader
{
    private const int MaxReviewPages = 100;

    public static ExtractionResult Read(FetchedPage page) => MagentoAnswer.Read(page, ReadProduct, ReviewPageReader.NoReviews);

    /// <summary>The further pages of those products that have more reviews than one answer gives.</summary>
    public static IEnumerable<CrawlTarget> MoreReviews(FetchedPage page, MagentoQuery query)
    {
        if (query.ReviewPage > 1)
        {
            return [];
        }

        var targets = new List<CrawlTarget>();
        JsonPage.Read(
            page,
            root =>
            {
                foreach (var product in root.Member("data")?.Member("products")?.Items("items") ?? [])
                {
                    AddMore(product, query, targets);
                }

                return ExtractionResult.Skipped(ReviewPageReader.NoReviews);
            }
        );
        return targets.DistinctBy(target => target.Url);
    }

    private static void AddMore(JsonElement product, MagentoQuery query, List<CrawlTarget> targets)
    {
        var text = product.Member("reviews")?.Member("page_info")?.Text("total_pages");
        if (product.Text("sku") is { Length: > 0 } sku && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pages))
        {
            for (var number = 2; number <= Math.Min(pages, MaxReviewPages); number++)
            {
                targets.Add((query with { Page = 1, ReviewPage = number, Filter = new MagentoFilter(MagentoFilter.Sku, sku) }).ToTarget());
            }
        }
    }

    private static IEnumerable<ExtractedObject> ReadProduct(MagentoAnswer answer, JsonElement product, string position)
    {
        var url = answer.UrlOf(product);
        var reviews = product.Member("reviews")?.Items("items") ?? [];
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < reviews.Count; i++)
        {
            var review = reviews[i];
            var part = $"{product.Text("sku")}\n{review.Text("created_at")}\n{review.Text("average_rating")}\n{review.Text("text")}";
            var count = seen[part] = seen.GetValueOrDefault(part) + 1;
            yield return new ExtractedObject
            {
                Type = ObjectType.Review,
                ObjectKey = ObjectKey.FromPlatformId(MagentoConnector.PlatformName, answer.Site, $"review\n{part}\n{count.ToString(CultureInfo.InvariantCulture)}"),
                Url = url,
                Position = $"{position}.reviews.items[{i}]",
                Language = answer.Language,
                Fields = Fields(product, review, $"{position}.reviews.items[{i}]", position),
            };
        }
    }

    private static Dictionary<string, RawField> Fields(JsonElement product, JsonElement review, string position, string productPosition)
    {
        var fields = new Dictionary<string, RawField>(StringComparer.Ordinal);
        void Add(string field, string? text, string location)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                fields.TryAdd(field, new RawField(text, ExtractionSource.Api, location, 1));
            }
        }

        Add(FieldNames.Name, product.Text("name"), $"{productPosition}.name");
        Add(FieldNames.Sku, product.Text("sku"), $"{productPosition}.sku");
        Add(FieldNames.Author, review.Text("nickname"), $"{position}.nickname");
        Add(FieldNames.DatePublished, review.Text("created_at"), $"{position}.created_at");
        Add(FieldNames.ReviewBody, review.Text("text"), $"{position}.text");
        Add(FieldNames.ReviewBody, review.Text("summary"), $"{position}.summary");
        // A percentage; zero is what a review without stars has.
        if (review.Text("average_rating") is { } rating and not "0")
        {
            Add(FieldNames.ReviewRating, rating, $"{position}.average_rating");
            Add(FieldNames.BestRating, "100", $"{position}.average_rating");
        }

        return fields;
    }
}
