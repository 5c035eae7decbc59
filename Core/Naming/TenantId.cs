using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketline.Core.Naming;

/// <summary>
/// A tenant's immutable, opaque id: 3 to 32 of <c>a–z 0–9</c>, starting with a letter, so that it is legal in container,
/// table and instance names. Ids are never reused; what a person calls the tenant is its display name.
/// </summary>
[JsonConverter(typeof(TenantIdJsonConverter))]
public readonly record struct TenantId
{
    private readonly string? _value;

    private TenantId(string value) => _value = value;

    /// <exception cref="InvalidOperationException">On <c>default</c>: a tenant id is always parsed.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This tenant id was never set.");

    /// <exception cref="FormatException">When <paramref name="text"/> is not a tenant id.</exception>
    public static TenantId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not a tenant id: 3 to 32 of a-z and 0-9, starting with a letter.");

    public static bool TryParse([NotNullWhen(true)] string? text, out TenantId id)
    {
        var isValid =
            text is { Length: >= 3 and <= 32 }
            && char.IsAsciiLetterLower(text[0])
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
        id = isValid ? new TenantId(text!) : default;
        return isValid;
    }

    public override string ToString() => Value;

    private sealed class TenantIdJsonConverter : JsonConverter<TenantId>
    {
        public override TenantId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not a tenant id.");

        public override void Write(Utf8JsonWriter writer, TenantId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
