using System.Text.Encodings.Web;
using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>Entities to and from OData JSON, straight between the bytes and the object.</summary>
internal static class EntityJson
{
    /// <summary>Text goes out as UTF-8: a transaction holds 4 MB, and <c>\u</c> escapes would double many scripts.</summary>
    public static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static void Write(Utf8JsonWriter writer, ITableEntity entity)
    {
        writer.WriteStartObject();
        if (entity is IDictionary<string, object> properties)
        {
            DictionaryJson.Write(writer, properties);
        }
        else
        {
            EntityBinder.For(entity.GetType()).Write(writer, entity);
        }

        writer.WriteEndObject();
        writer.Flush();
    }

    public static T Read<T>(ReadOnlySpan<byte> json)
        where T : class, ITableEntity
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return Read<T>(ref reader);
    }

    /// <summary>Reads the entities of a query's page: <c>{"odata.metadata": …, "value": [ … ]}</c>.</summary>
    public static List<T> ReadPage<T>(ReadOnlySpan<byte> json)
        where T : class, ITableEntity
    {
        List<T> entities = [];
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isValue = reader.ValueTextEquals("value"u8);
            reader.Read();
            while (isValue && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                entities.Add(Read<T>(ref reader));
            }

            reader.Skip();
        }

        return entities;
    }

    private static T Read<T>(ref Utf8JsonReader reader)
        where T : class, ITableEntity
    {
        var entity = Activator.CreateInstance<T>();
        if (entity is IDictionary<string, object> properties)
        {
            DictionaryJson.Read(ref reader, properties);
        }
        else
        {
            EntityBinder.For(typeof(T)).Read(ref reader, entity);
        }

        return entity;
    }
}
