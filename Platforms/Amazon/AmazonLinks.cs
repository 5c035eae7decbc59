using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Amazon;

/// <summary>
/// Where a page of search results leads: to the next one and, in a price crawl by the Selling Partner API, to the results' prices. Goes
/// over the tokens only.
/// </summary>
internal static class AmazonLinks
{
    public static IEnumerable<CrawlTarget> Of(ReadOnlyMemory<byte> body, AmazonCall call, CrawlKind kind)
    {
        if (kind == CrawlKind.Reviews || call.Keywords is null)
        {
            return [];
        }

        var found = new Found();
        try
        {
            var reader = new Utf8JsonReader(JsonText.WithoutMark(body).Span);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadObject(ref reader, found);
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Extraction quarantines the page; what it would have led to is not known.
            return [];
        }

        return Targets(call, kind, found);
    }

    private static IEnumerable<CrawlTarget> Targets(AmazonCall call, CrawlKind kind, Found found)
    {
        if (call.NextPage(kind, found.Asins.Count, found.Token) is { } next)
        {
            yield return next;
        }

        if (call.Operation == AmazonOperation.SearchCatalogItems && kind == CrawlKind.Prices)
        {
            foreach (var batch in found.Asins.Distinct().Chunk(AmazonCall.PartnerBatch))
            {
                yield return call.Pricing(batch);
            }
        }
    }

    /// <summary>The root, or the object that holds the results or the token.</summary>
    private static void ReadObject(ref Utf8JsonReader reader, Found found)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isToken = reader.ValueTextEquals("nextPage"u8);
            var isInside = reader.ValueTextEquals("pagination"u8) || reader.ValueTextEquals("searchResult"u8);
            var isList = reader.ValueTextEquals("items"u8);
            reader.Read();
            if (isInside && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadObject(ref reader, found);
            }
            else if (isList && reader.TokenType == JsonTokenType.StartArray)
            {
                ReadItems(ref reader, found);
            }
            else
            {
                found.Token = isToken && reader.TokenType == JsonTokenType.String ? reader.GetString() : found.Token;
                reader.Skip();
            }
        }
    }

    private static void ReadItems(ref Utf8JsonReader reader, Found found)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isAsin = reader.ValueTextEquals("asin"u8);
                reader.Read();
                if (isAsin && reader.TokenType == JsonTokenType.String && Asin.TryParse(reader.GetString()) is { } asin)
                {
                    found.Asins.Add(asin.Value);
                }

                reader.Skip();
            }
        }
    }

    private sealed class Found
    {
        public List<string> Asins { get; } = [];

        public string? Token { get; set; }
    }
}
