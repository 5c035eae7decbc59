using System.Text.Json.Serialization;

namespace Marketline.Core.Runs;

/// <summary>Which objects a rerun fetches again.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RerunScope>))]
public enum RerunScope
{
    All,

    /// <summary>Those that failed, and what the run never came to.</summary>
    Failed,

    /// <summary>Those that failed and those that a rule has rejected.</summary>
    Quarantined,
}
