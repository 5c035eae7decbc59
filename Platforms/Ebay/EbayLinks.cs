using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Ebay;

/// <summary>
/// Where an answer leads: to the next page of results, in a product crawl to each result, and from a listing to its variations. Goes
/// over the tokens only. Addresses are made here, never taken from the answer.
/// </summary>
internal static class EbayLinks
{
    public static IEnumerable<CrawlTarget> Of(ReadOnlyMemory<byte> body, EbayCall call, CrawlKind kind)
    {
        if (kind == CrawlKind.Reviews || (call.Query is null && call.LegacyId is null))
        {
            return [];
        }

        try
        {
            return Read(JsonText.WithoutMark(body).Span, call, kind);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Extraction quarantines the page; what it would have led to is not known.
            return [];
        }
    }

    private static List<CrawlTarget> Read(ReadOnlySpan<byte> body, EbayCall call, CrawlKind kind)
    {
        var targets = new List<CrawlTarget>();
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return targets;
        }

        var hasNext = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isNext = reader.ValueTextEquals("next"u8);
            var isList = reader.ValueTextEquals("itemSummaries"u8) && kind == CrawlKind.Products && call.Query is not null;
            var isErrors = reader.ValueTextEquals("errors"u8) && call.LegacyId is not null;
            reader.Read();
            hasNext |= isNext && reader.TokenType == JsonTokenType.String;
            if ((isList || isErrors) && reader.TokenType == JsonTokenType.StartArray)
            {
                ReadList(ref reader, call, targets);
            }
            else
            {
                reader.Skip();
            }
        }

        var offset = call.Offset + EbayCall.PageSize;
        return call.Query is { } words && hasNext && offset < EbayCall.MaxReach ? [call.Search(words, offset), .. targets.DistinctBy(target => target.Url)] : [.. targets.DistinctBy(target => target.Url)];
    }

    private static void ReadList(ref Utf8JsonReader reader, EbayCall call, List<CrawlTarget> targets)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
            }
            else if (ReadEntry(ref reader, call) is { } target)
            {
                targets.Add(target);
            }
        }
    }

    /// <summary>One result, or one error: an item of a group leads to the group, which has all of them in one call.</summary>
    private static CrawlTarget? ReadEntry(ref Utf8JsonReader reader, EbayCall call)
    {
        var (id, isGroup, isGroupError) = ((EbayItemId?)null, false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("itemId"u8);
            var isGroupLink = reader.ValueTextEquals("itemGroupHref"u8);
            var isError = reader.ValueTextEquals("errorId"u8);
            reader.Read();
            id = isId && reader.TokenType == JsonTokenType.String ? EbayItemId.TryParse(reader.GetString()) : id;
            isGroup |= isGroupLink && reader.TokenType == JsonTokenType.String;
            isGroupError |= isError && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var code) && code == EbayApi.IsItemGroup;
            reader.Skip();
        }

        return isGroupError && call.LegacyId is { } listing ? call.Group(listing)
            : id is null || call.Query is null ? null
            : isGroup ? call.Group(id.Listing)
            : call.RestItem(id);
    }
}
