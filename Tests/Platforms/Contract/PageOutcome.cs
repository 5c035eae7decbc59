using System.Text.Json;
using System.Text.Json.Nodes;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Json;
using Marketline.Platforms;

namespace Marketline.Tests.Platforms.Contract;

/// <summary>What becomes of a page: extracted, cleaned, and where it leads.</summary>
internal static class PageOutcome
{
    /// <summary>What a clean record repeats of its page and of the extracted object.</summary>
    private static readonly string[] Repeated = ["schemaVersion", "objectKey", "platform", "site", "url", "pageUrl", "seenUtc"];

    private static readonly AuthorPseudonymizer Pseudonymizer = new("a key that is only for tests"u8);

    public static JsonObject Of(IPlatformConnector connector, FetchedPage page, CrawlKind kind)
    {
        var extraction = connector.Extract(page, kind);
        var result = new JsonObject();
        Add(result, "skipReason", extraction.SkipReason);
        Add(result, "defectReason", extraction.DefectReason);
        result["objects"] = new JsonArray([.. extraction.Objects.Select(item => Of(item, Clean(connector.Platform, kind, item)))]);
        result["followUps"] = new JsonArray([.. connector.FollowUps(page, kind).Select(target => JsonValue.Create(target.Url))]);
        return result;
    }

    /// <summary>The clean offers of all these pages.</summary>
    public static List<Offer> Offers(this IPlatformConnector connector, IEnumerable<FetchedPage> pages, CrawlKind kind) =>
        [.. pages.SelectMany(page => connector.Extract(page, kind).Objects).Select(item => (Offer)Clean(connector.Platform, kind, item).Record!)];

    public static (object? Record, IReadOnlyList<RuleViolation> Violations) Clean(string platform, CrawlKind kind, ExtractedObject item)
    {
        var context = new CleanContext(platform, new Uri(item.Url).Authority, kind, ConnectorPage.Seen);
        if (item.Type == ObjectType.Review)
        {
            var review = ReviewCleaner.Clean(item, context, Pseudonymizer);
            return (review.Record, review.Violations);
        }

        var offer = OfferCleaner.Clean(item, context);
        return (offer.Record, offer.Violations);
    }

    private static JsonObject Of(ExtractedObject item, (object? Record, IReadOnlyList<RuleViolation> Violations) cleaned)
    {
        var result = new JsonObject { ["extracted"] = Json(item) };
        if (cleaned.Record is { } record)
        {
            var clean = Json(record).AsObject();
            foreach (var name in Repeated)
            {
                clean.Remove(name);
            }

            result["clean"] = clean;
        }

        if (cleaned.Violations.Count > 0)
        {
            result["violations"] = Json(cleaned.Violations);
        }

        return result;
    }

    private static JsonNode Json(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), JsonFormat.Options)!;

    private static void Add(JsonObject result, string name, string? text)
    {
        if (text is not null)
        {
            result[name] = text;
        }
    }
}
