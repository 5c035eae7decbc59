using System.Text;
using System.Text.Json;

namespace Microsoft.Azure.Functions.Worker.Local.Settings;

/// <summary>
/// A JSON settings file as flat keys ("a:b:0"), each with the place where it stands, so that every complaint can say
/// file, line and column.
/// </summary>
internal sealed class SettingsDocument
{
    private readonly Dictionary<string, SettingsValue> _values = new(StringComparer.OrdinalIgnoreCase);

    private SettingsDocument(string path) => FilePath = path;

    public string FilePath { get; }

    public IReadOnlyDictionary<string, SettingsValue> Values => _values;

    /// <param name="path">The file.</param>
    /// <param name="relaxed">Comments and trailing commas may stand in it.</param>
    public static SettingsDocument Read(string path, bool relaxed)
    {
        var document = new SettingsDocument(path);
        var name = Path.GetFileName(path);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostStartException($"{name} can not be read: {e.Message}");
        }

        try
        {
            document.Parse(bytes, relaxed);
        }
        catch (JsonException e)
        {
            var reason = e.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
            throw new HostStartException(
                $"{name}, line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: {reason} " +
                (relaxed ? "Expected JSON." : "Expected JSON without comments and trailing commas."));
        }

        return document;
    }

    public HostStartException Complain(string key, string expected)
    {
        var value = _values[key];
        return new HostStartException(
            $"{Path.GetFileName(FilePath)}, line {value.Line}, column {value.Column}: " +
            $"{(key.Length == 0 ? "the file" : $"'{key}'")} is {value.Describe()}, expected {expected}.");
    }

    private void Parse(ReadOnlySpan<byte> bytes, bool relaxed)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions
        {
            CommentHandling = relaxed ? JsonCommentHandling.Skip : JsonCommentHandling.Disallow,
            AllowTrailingCommas = relaxed,
        });
        reader.Read();
        ReadValue(ref reader, new TextPosition(bytes), "");
        reader.Read();
    }

    private void ReadValue(ref Utf8JsonReader reader, TextPosition position, string key)
    {
        var (line, column) = position.Of(reader.TokenStartIndex);
        _values[key] = new SettingsValue(reader.TokenType, Text(ref reader), line, column);
        var index = 0;
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            string name;
            if (reader.TokenType is JsonTokenType.PropertyName)
            {
                name = reader.GetString()!;
                reader.Read();
            }
            else
            {
                name = $"{index++}";
            }

            ReadValue(ref reader, position, key.Length == 0 ? name : $"{key}:{name}");
        }
    }

    private static string? Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };
}
