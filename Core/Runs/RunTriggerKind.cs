using System.Text.Json.Serialization;

namespace Marketline.Core.Runs;

[JsonConverter(typeof(JsonStringEnumConverter<RunTriggerKind>))]
public enum RunTriggerKind
{
    /// <summary>A slot of the plan's schedule.</summary>
    Schedule,

    /// <summary>An intent: somebody asked for it now.</summary>
    Request,

    /// <summary>Another run of the tenant.</summary>
    Run,
}
