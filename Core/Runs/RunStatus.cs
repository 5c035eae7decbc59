using System.Text.Json.Serialization;

namespace Marketline.Core.Runs;

[JsonConverter(typeof(JsonStringEnumConverter<RunStatus>))]
public enum RunStatus
{
    /// <summary>Waits for its turn: the tenant has as many runs as it may, or another run of the plan goes on.</summary>
    Queued,

    /// <summary>The run's row is there; its orchestration has not begun.</summary>
    Scheduled,
    Running,

    /// <summary>Somebody has stopped it for a while; it goes on when it is resumed.</summary>
    Suspended,

    /// <summary>Every step succeeded; single objects may still have failed, with a reason each.</summary>
    Completed,

    /// <summary>The run went through, but a site or a batch did not; what did is delivered.</summary>
    CompletedWithErrors,
    Failed,
    Cancelled,
}
