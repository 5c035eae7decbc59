using System.Text.Json.Serialization;

namespace Marketline.Core.Alerts;

[JsonConverter(typeof(JsonStringEnumConverter<AlertKind>))]
public enum AlertKind
{
    /// <summary>Nothing in the run has moved for as long as its plan allows.</summary>
    [JsonStringEnumMemberName("stuck")]
    Stuck,

    /// <summary>The run still goes on (or waits) after its deadline.</summary>
    [JsonStringEnumMemberName("late")]
    Late,
}
