using System.Text.Json.Serialization;

namespace Marketline.Core.Runs;

[JsonConverter(typeof(JsonStringEnumConverter<StartOutcome>))]
public enum StartOutcome
{
    Started,

    /// <summary>The run waits for its turn, and starts by itself.</summary>
    Queued,

    /// <summary>Another run of the plan goes on, and the plan's runs do not overlap: there is no run.</summary>
    Skipped,

    /// <summary>This run was asked for before.</summary>
    AlreadyStarted,

    /// <summary>The tenant may start nothing now: there is no run.</summary>
    Refused,
}
