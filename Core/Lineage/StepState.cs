using System.Text.Json.Serialization;

namespace Marketline.Core.Lineage;

[JsonConverter(typeof(JsonStringEnumConverter<StepState>))]
public enum StepState
{
    Succeeded,
    Skipped,
    Failed,
}
