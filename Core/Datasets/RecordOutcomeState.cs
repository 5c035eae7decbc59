using System.Text.Json.Serialization;

namespace Marketline.Core.Datasets;

/// <summary>How a clean record ended in aggregation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RecordOutcomeState>))]
public enum RecordOutcomeState
{
    /// <summary>New, or different from what the dataset held.</summary>
    [JsonStringEnumMemberName("delivered")]
    Delivered,

    /// <summary>The dataset held the same content.</summary>
    [JsonStringEnumMemberName("unchanged")]
    Unchanged,

    /// <summary>Left out, with a reason.</summary>
    [JsonStringEnumMemberName("filtered")]
    Filtered,
}
