using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>The properties of a <see cref="TableEntity"/>: each value is written with its type and comes back as that type.</summary>
internal static class DictionaryJson
{
    public static void Write(Utf8JsonWriter writer, IDictionary<string, object> properties)
    {
        foreach (var (name, value) in properties)
        {
            if (name is not (EntityNames.ODataETag or EntityNames.Timestamp))
            {
                Write(writer, name, value);
            }
        }
    }

    /// <summary>Reads the object that the reader stands on. A type annotation may stand before or behind its property.</summary>
    public static void Read(ref Utf8JsonReader reader, IDictionary<string, object> properties)
    {
        string? annotated = null;
        string? type = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name.EndsWith(EntityNames.TypeSuffix, StringComparison.Ordinal))
            {
                annotated = name[..^EntityNames.TypeSuffix.Length];
                type = reader.GetString();
                if (properties.TryGetValue(annotated, out var plain))
                {
                    properties[annotated] = Typed(plain, type);
                }
            }
            else if (name != EntityNames.ODataMetadata)
            {
                var implied = name == EntityNames.Timestamp ? EdmTypes.DateTime : null;
                properties[name] = Typed(Plain(ref reader), name == annotated ? type : implied);
            }
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null: break;
            case string text: Write(writer, name, EdmConverters.Text, text); break;
            case int number: Write(writer, name, EdmConverters.Int32, number); break;
            case bool flag: Write(writer, name, EdmConverters.Boolean, flag); break;
            case long number: Write(writer, name, EdmConverters.Int64, number); break;
            case ulong number: Write(writer, name, EdmConverters.UInt64, number); break;
            case double number: Write(writer, name, EdmConverters.Double, number); break;
            case DateTimeOffset time: Write(writer, name, EdmConverters.DateTimeOffset, time); break;
            case DateTime time: Write(writer, name, EdmConverters.DateTime, time); break;
            case Guid guid: Write(writer, name, EdmConverters.Guid, guid); break;
            case byte[] bytes: Write(writer, name, EdmConverters.Bytes, bytes); break;
            case BinaryData data: Write(writer, name, EdmConverters.Binary, data); break;
            default: throw new NotSupportedException($"A table cannot hold '{name}' of type {value.GetType()}.");
        }
    }

    private static void Write<T>(Utf8JsonWriter writer, string name, EdmConverter<T> converter, T value)
    {
        if (converter.TypeName is { } type)
        {
            writer.WriteString(name + EntityNames.TypeSuffix, type);
        }

        writer.WritePropertyName(name);
        converter.Write(writer, value);
    }

    private static object? Plain(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Null => null,
        JsonTokenType.Number when reader.TryGetInt32(out var number) => number,
        JsonTokenType.Number when reader.TryGetInt64(out var number) => number,
        JsonTokenType.Number => reader.GetDouble(),
        _ => throw new JsonException($"An entity's property cannot be {reader.TokenType}."),
    };

    private static object Typed(object? plain, string? type) => (plain, type) switch
    {
        (string text, EdmTypes.Int64) => long.Parse(text, CultureInfo.InvariantCulture),
        (string text, EdmTypes.Double) => double.Parse(text, CultureInfo.InvariantCulture),
        (string text, EdmTypes.Guid) => Guid.Parse(text),
        (string text, EdmTypes.Binary) => Convert.FromBase64String(text),
        (string text, EdmTypes.DateTime) =>
            DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        (int number, EdmTypes.Double) => (double)number,
        (_, null or EdmTypes.String or EdmTypes.Boolean or EdmTypes.Int32 or EdmTypes.Int64 or EdmTypes.Double) => plain!,
        _ => throw new NotSupportedException($"A value of type {type} cannot be read."),
    };
}
