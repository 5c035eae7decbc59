using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace Marketline.LocalHost.Engine;

/// <summary>How the durable engine stores and how much it does at once.</summary>
public sealed record DurableEngineOptions
{
    /// <summary>The SQLite file; its folder is made. Null keeps everything in memory, for tests.</summary>
    public string? DatabasePath { get; init; }

    /// <summary>The default of Durable Functions: ten for each processor.</summary>
    public int MaxConcurrentActivities { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>The default of Durable Functions: ten for each processor.</summary>
    public int MaxConcurrentOrchestrators { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>The version of instances that are started without one.</summary>
    public string? DefaultVersion { get; init; }

    /// <summary>The name that queries by task hub match.</summary>
    public string TaskHubName { get; init; } = "TestHubName";

    /// <summary>
    /// True keeps a waiting orchestrator in memory and goes on with it; false replays it from its history for every work
    /// item, which finds code that does not repeat itself.
    /// </summary>
    public bool CacheInstances { get; init; } = true;

    public DataConverter DataConverter { get; init; } = JsonDataConverter.Default;
}
