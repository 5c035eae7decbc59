using System.Globalization;
using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Api;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Ebay;

/// <summary>Reads an answer of the Browse API: a page of search results, an item, or all variations of a listing.</summary>
internal static class EbayAnswerReader
{
    public const string NoItems = "no-items";

    /// <summary>What a product crawl makes of search results: each of them is asked for.</summary>
    public const string ListOfItems = "list-of-items";

    /// <summary>A listing with variations was asked for as if it had none; they are asked for next.</summary>
    public const string ItemGroup = "item-group";

    /// <summary>JSON that is neither.</summary>
    public const string UnknownAnswer = "unknown-answer";

    private static readonly string ItemGroupError = EbayApi.IsItemGroup.ToString(CultureInfo.InvariantCulture);

    public static ExtractionResult Read(FetchedPage page, EbayCall call, CrawlKind kind)
    {
        if (kind == CrawlKind.Reviews)
        {
            return ExtractionResult.Skipped(ReviewPageReader.NoReviews);
        }

        return JsonBody.Read(page, root => Read(root, new EbayItemReader(call.Marketplace, page.FetchedUtc), call, kind));
    }

    private static ExtractionResult Read(JsonElement root, EbayItemReader items, EbayCall call, CrawlKind kind)
    {
        if (root.Member("errors") is not null)
        {
            return root.Items("errors").Any(error => error.Text("errorId") == ItemGroupError) ? ExtractionResult.Skipped(ItemGroup) : ExtractionResult.Defective(UnknownAnswer);
        }

        if (call.Query is not null)
        {
            return ReadResults(root, items, kind);
        }

        if (root.Member("items") is not null)
        {
            return Of(items.ReadGroup(root));
        }

        return root.Text("itemId") is null ? ExtractionResult.Defective(UnknownAnswer) : Of([items.ReadItem(root, "item")]);
    }

    private static ExtractionResult ReadResults(JsonElement root, EbayItemReader items, CrawlKind kind)
    {
        if (root.Member("itemSummaries") is not { ValueKind: JsonValueKind.Array } summaries)
        {
            return root.Text("total") is null ? ExtractionResult.Defective(UnknownAnswer) : ExtractionResult.Skipped(NoItems);
        }

        return summaries.GetArrayLength() == 0 ? ExtractionResult.Skipped(NoItems)
            : kind == CrawlKind.Products ? ExtractionResult.Skipped(ListOfItems)
            : Of(items.ReadSummaries(summaries));
    }

    /// <summary>eBay may repeat an item on a page, as an advertisement.</summary>
    private static ExtractionResult Of(IEnumerable<ExtractedObject> objects)
    {
        var distinct = objects.DistinctBy(item => item.ObjectKey).ToList();
        return distinct.Count == 0 ? ExtractionResult.Skipped(NoItems) : new ExtractionResult(distinct);
    }
}
