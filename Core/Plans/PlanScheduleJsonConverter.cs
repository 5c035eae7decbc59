using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketline.Core.Plans;

/// <summary>
/// For properties of the type <see cref="PlanSchedule"/> (not on the type, which it reads itself): a text, as plans of schema 1
/// have it, is a cron expression.
/// </summary>
public sealed class PlanScheduleJsonConverter : JsonConverter<PlanSchedule>
{
    public override PlanSchedule? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new PlanSchedule { Cron = reader.GetString() };
        }

        try
        {
            return JsonSerializer.Deserialize<PlanSchedule>(ref reader, options);
        }
        catch (JsonException failure)
        {
            // It counts path and line from the schedule's own beginning.
            throw new JsonException(failure.Message, $"$.schedule{failure.Path?.TrimStart('$')}", null, null, failure);
        }
    }

    public override void Write(Utf8JsonWriter writer, PlanSchedule value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}
