using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>How values of one .NET type stand in an entity's JSON.</summary>
/// <param name="TypeName">The EDM type to annotate, null where JSON says enough (string, Boolean, Int32).</param>
/// <param name="Write">Writes a value that is not null.</param>
/// <param name="Read">Reads the current token, which is not null.</param>
internal sealed record EdmConverter<T>(string? TypeName, Action<Utf8JsonWriter, T> Write, EdmReader<T> Read);

internal delegate T EdmReader<out T>(ref Utf8JsonReader reader);
