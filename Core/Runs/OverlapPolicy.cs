using System.Text.Json.Serialization;

namespace Marketline.Core.Runs;

/// <summary>What becomes of a run whose plan has another one going on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OverlapPolicy>))]
public enum OverlapPolicy
{
    /// <summary>It does not start.</summary>
    [JsonStringEnumMemberName("skip")]
    Skip,

    /// <summary>It waits until the other one has ended.</summary>
    [JsonStringEnumMemberName("queue")]
    Queue,

    /// <summary>The other one is cancelled.</summary>
    [JsonStringEnumMemberName("replace")]
    Replace,

    /// <summary>Both go on.</summary>
    [JsonStringEnumMemberName("allow")]
    Allow,
}
