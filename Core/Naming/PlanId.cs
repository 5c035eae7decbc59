using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketline.Core.Naming;

/// <summary>A plan's id within its tenant: 1 to 24 of <c>a–z 0–9</c>. It is part of run ids, so it never changes.</summary>
[JsonConverter(typeof(PlanIdJsonConverter))]
public readonly record struct PlanId
{
    private readonly string? _value;

    private PlanId(string value) => _value = value;

    /// <exception cref="InvalidOperationException">On <c>default</c>: a plan id is always parsed.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This plan id was never set.");

    /// <exception cref="FormatException">When <paramref name="text"/> is not a plan id.</exception>
    public static PlanId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a plan id: 1 to 24 of a-z and 0-9.");

    public static bool TryParse([NotNullWhen(true)] string? text, out PlanId id)
    {
        var isValid =
            text is { Length: >= 1 and <= 24 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
        id = isValid ? new PlanId(text!) : default;
        return isValid;
    }

    public override string ToString() => Value;

    private sealed class PlanIdJsonConverter : JsonConverter<PlanId>
    {
        public override PlanId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not a plan id.");

        public override void Write(Utf8JsonWriter writer, PlanId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
