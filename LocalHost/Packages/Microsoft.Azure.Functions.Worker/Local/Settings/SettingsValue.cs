using System.Text.Json;

namespace Microsoft.Azure.Functions.Worker.Local.Settings;

/// <summary>A value of a settings file and where it stands; a container has no text.</summary>
internal readonly record struct SettingsValue(JsonTokenType Kind, string? Text, int Line, int Column)
{
    public bool IsContainer => Kind is JsonTokenType.StartObject or JsonTokenType.StartArray;

    public string Describe() => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.Null => "null",
        JsonTokenType.String => $"\"{Text}\"",
        _ => Text!,
    };
}
