using System.Text.Json;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Shopify;

/// <summary>
/// Whether a page of <c>/products.json</c> is full, so that another may follow: the listing tells neither a total nor a next
/// page. Goes over the tokens only, without building a document.
/// </summary>
internal static class ShopifyPageFill
{
    /// <returns>False for a body that is no listing, or that breaks before so many products.</returns>
    public static bool HoldsAtLeast(ReadOnlyMemory<byte> body, int productCount)
    {
        var reader = new Utf8JsonReader(JsonText.WithoutMark(body).Span);
        try
        {
            return GoToProducts(ref reader) && HasItems(ref reader, productCount);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Extraction quarantines the page; what it would have led to is not known.
            return false;
        }
    }

    /// <summary>To the bracket that opens the root's list of products.</summary>
    private static bool GoToProducts(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isProducts = reader.ValueTextEquals("products"u8);
            reader.Read();
            if (isProducts)
            {
                return reader.TokenType == JsonTokenType.StartArray;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool HasItems(ref Utf8JsonReader reader, int count)
    {
        while (count > 0 && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count--;
        }

        return count == 0;
    }
}
