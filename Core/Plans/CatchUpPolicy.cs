using System.Text.Json.Serialization;

namespace Marketline.Core.Plans;

/// <summary>What becomes of slots that passed while nothing could start them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CatchUpPolicy>))]
public enum CatchUpPolicy
{
    /// <summary>The last of them runs.</summary>
    [JsonStringEnumMemberName("latest")]
    Latest,

    /// <summary>None of them runs, but for one that is a few minutes late.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Each of them runs, up to <see cref="PlanSchedule.MaxCatchUp"/>.</summary>
    [JsonStringEnumMemberName("all")]
    All,
}
