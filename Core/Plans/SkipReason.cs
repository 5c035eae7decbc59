using System.Text.Json.Serialization;

namespace Marketline.Core.Plans;

/// <summary>Why slots of a plan did not run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SkipReason>))]
public enum SkipReason
{
    /// <summary>They were missed, and a later one stands for them (catch-up <c>latest</c>).</summary>
    [JsonStringEnumMemberName("superseded")]
    Superseded,

    /// <summary>They were missed (catch-up <c>none</c>).</summary>
    [JsonStringEnumMemberName("missed")]
    Missed,

    /// <summary>More were missed than are made up for (catch-up <c>all</c>).</summary>
    [JsonStringEnumMemberName("tooMany")]
    TooMany,

    /// <summary>Another run of the plan went on.</summary>
    [JsonStringEnumMemberName("overlap")]
    Overlap,

    /// <summary>The tenant could start nothing: one of its limits was reached.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,
}
