using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Marketline.Platforms.Extract.Overrides;

/// <summary>Finds the JSON values in a script: all of it, or what is assigned, pushed or passed to a function.</summary>
internal static class ScriptJson
{
    private const int MaxDocuments = 200;

    /// <summary>Texts that look like JSON and are none cost as much as those that are.</summary>
    private const int MaxAttempts = 20;

    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 128 };
    private static readonly SearchValues<byte> Openings = SearchValues.Create("{["u8);

    public static void Read(string text, List<JsonDocument> documents)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var (start, attempts) = (0, 0);
        while (start < bytes.Length && documents.Count < MaxDocuments && attempts < MaxAttempts)
        {
            var opening = bytes.AsSpan(start).IndexOfAny(Openings);
            if (opening < 0)
            {
                return;
            }

            start += opening;
            var length = TryRead(bytes.AsMemory(start), documents);
            attempts += length == 0 ? 1 : 0;
            start += Math.Max(length, 1);
        }
    }

    /// <returns>How long the value is; 0 when there is none.</returns>
    private static int TryRead(ReadOnlyMemory<byte> bytes, List<JsonDocument> documents)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes.Span, Lenient);
            documents.Add(JsonDocument.ParseValue(ref reader));
            return (int)reader.BytesConsumed;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return 0;
        }
    }
}
