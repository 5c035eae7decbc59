using System.Text.Json.Nodes;

namespace Marketline.Functions.Http.OpenApi;

/// <summary>OpenAPI's names for what a number is read into.</summary>
internal static class NumberFormats
{
    private static readonly Dictionary<Type, string> Formats = new()
    {
        [typeof(int)] = "int32",
        [typeof(long)] = "int64",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static void Add(Type type, JsonObject schema)
    {
        if (Formats.TryGetValue(type, out var format))
        {
            schema["format"] = format;
        }
    }
}
