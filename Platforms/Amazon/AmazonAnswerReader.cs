using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Api;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Amazon;

/// <summary>Reads an answer of one of Amazon's APIs.</summary>
internal static class AmazonAnswerReader
{
    public const string NoItems = "no-items";

    /// <summary>What a price crawl makes of search results: their prices are asked for.</summary>
    public const string ListOfItems = "list-of-items";

    /// <summary>JSON that is no answer to the call.</summary>
    public const string UnknownAnswer = "unknown-answer";

    public static ExtractionResult Read(FetchedPage page, AmazonCall call, CrawlKind kind) =>
        kind == CrawlKind.Reviews ? ExtractionResult.Skipped(ReviewPageReader.NoReviews) : JsonBody.Read(page, root => Read(root, call, kind));

    private static ExtractionResult Read(JsonElement root, AmazonCall call, CrawlKind kind) =>
        call.Operation switch
        {
            AmazonOperation.SearchCatalogItems when root.Member("items") is not { ValueKind: JsonValueKind.Array } => ExtractionResult.Defective(UnknownAnswer),
            AmazonOperation.SearchCatalogItems when kind == CrawlKind.Prices && root.Items("items").Count > 0 => ExtractionResult.Skipped(ListOfItems),
            AmazonOperation.SearchCatalogItems => Of(new AmazonCatalogReader(call.Marketplace).Read(root)),
            AmazonOperation.GetCompetitiveSummary when root.Member("responses") is not { ValueKind: JsonValueKind.Array } => ExtractionResult.Defective(UnknownAnswer),
            AmazonOperation.GetCompetitiveSummary => Of(new AmazonPriceReader(call).Read(root)),
            _ => ReadCreators(root, call),
        };

    /// <summary>Amazon's own pages call it <c>itemsResult</c> and <c>itemResults</c>.</summary>
    private static ExtractionResult ReadCreators(JsonElement root, AmazonCall call)
    {
        var name = Array.Find(["itemsResult", "itemResults", "searchResult"], name => root.Member(name) is { ValueKind: JsonValueKind.Object });
        return name is not null ? Of(new AmazonCreatorsReader(call.Marketplace).Read(root.GetProperty(name), name))
            : root.Items("errors").Count > 0 ? ExtractionResult.Skipped(NoItems)
            : ExtractionResult.Defective(UnknownAnswer);
    }

    private static ExtractionResult Of(IEnumerable<ExtractedObject> objects)
    {
        var distinct = objects.DistinctBy(item => item.ObjectKey).ToList();
        return distinct.Count == 0 ? ExtractionResult.Skipped(NoItems) : new ExtractionResult(distinct);
    }
}
