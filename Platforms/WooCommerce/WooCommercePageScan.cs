using System.Text.Json;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.WooCommerce;

/// <summary>
/// What a page leads to: whether it is full (the totals stand in headers, which an archive does not keep) and which of its products
/// have variations. Goes over the tokens only, without building a document.
/// </summary>
internal readonly record struct WooCommercePageScan(int ItemCount, IReadOnlyList<long> VariableProducts)
{
    /// <returns>What stands before the break, if the body has one: extraction quarantines such a page.</returns>
    public static WooCommercePageScan Of(ReadOnlyMemory<byte> body)
    {
        var (count, variable) = (0, new List<long>());
        var reader = new Utf8JsonReader(JsonText.WithoutMark(body).Span);
        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    count++;
                    if (reader.TokenType != JsonTokenType.StartObject)
                    {
                        reader.Skip();
                    }
                    else if (ReadVariable(ref reader) is { } id)
                    {
                        variable.Add(id);
                    }
                }
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return new WooCommercePageScan(0, []);
        }

        return new WooCommercePageScan(count, variable);
    }

    /// <returns>The product's id when it has variations.</returns>
    private static long? ReadVariable(ref Utf8JsonReader reader)
    {
        var (id, hasVariations) = (0L, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isId, isVariations) = (reader.ValueTextEquals("id"u8), reader.ValueTextEquals("variations"u8));
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
            {
                id = number;
            }
            else if (isVariations && reader.TokenType == JsonTokenType.StartArray)
            {
                hasVariations = HasItems(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return hasVariations && id > 0 ? id : null;
    }

    private static bool HasItems(ref Utf8JsonReader reader)
    {
        var hasItems = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            hasItems = true;
            reader.Skip();
        }

        return hasItems;
    }
}
