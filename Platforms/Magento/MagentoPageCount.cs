using System.Text.Json;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Magento;

/// <summary>Reads <c>data.products.page_info.total_pages</c>, which our queries ask for before the items: only the head of the body is read.</summary>
internal static class MagentoPageCount
{
    /// <returns>1 where the body does not say.</returns>
    public static int Of(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(JsonText.WithoutMark(body).Span);
        try
        {
            var isThere = reader.Read() && GoTo(ref reader, "data"u8) && GoTo(ref reader, "products"u8) && GoTo(ref reader, "page_info"u8) && GoTo(ref reader, "total_pages"u8);
            return isThere && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var count) ? count : 1;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return 1;
        }
    }

    /// <summary>From the opening of an object to the value of one of its members.</summary>
    private static bool GoTo(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
