using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketline.LocalHost.Engine.History;

/// <summary>The stored form of history events.</summary>
internal static class HistoryJson
{
    private static readonly HistoryJsonContext Json = new(Options(indented: false));

    private static readonly HistoryJsonContext IndentedJson = new(Options(indented: true));

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static byte[] Write(HistoryEvent historyEvent) =>
        JsonSerializer.SerializeToUtf8Bytes(historyEvent, Json.HistoryEvent);

    /// <summary>One turn's events as an array.</summary>
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<HistoryEvent> events)
    {
        var buffer = new ArrayBufferWriter<byte>(128 * events.Count);
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartArray();
        foreach (var historyEvent in events)
        {
            JsonSerializer.Serialize(writer, historyEvent, Json.HistoryEvent);
        }

        writer.WriteEndArray();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    public static string WriteIndented(IReadOnlyList<HistoryEvent> events) =>
        JsonSerializer.Serialize(events, IndentedJson.IReadOnlyListHistoryEvent);

    public static HistoryEvent ReadOne(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Json.HistoryEvent) ?? throw Unreadable();

    public static IReadOnlyList<HistoryEvent> Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Json.IReadOnlyListHistoryEvent) ?? throw Unreadable();

    public static IReadOnlyList<HistoryEvent> Read(string json) =>
        JsonSerializer.Deserialize(json, Json.IReadOnlyListHistoryEvent) ?? throw Unreadable();

    private static InvalidDataException Unreadable() => new("A stored history holds null where an event should stand.");

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        NewLine = "\n",
    };
}
