using System.Collections.Concurrent;
using Microsoft.DurableTask;

namespace Marketline.LocalHost.Engine.Scheduling;

/// <summary>The orchestrators and activities of the host. Names are compared without regard to case, as in Durable Functions.</summary>
internal sealed class Registrations
{
    public ConcurrentDictionary<string, Func<TaskOrchestrationContext, Task<object?>>> Orchestrators { get; } =
        new(StringComparer.OrdinalIgnoreCase);

    public ConcurrentDictionary<string, Func<ActivityCall, CancellationToken, Task<object?>>> Activities { get; } =
        new(StringComparer.OrdinalIgnoreCase);
}
