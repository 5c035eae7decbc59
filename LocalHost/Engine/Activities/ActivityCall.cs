namespace Marketline.LocalHost.Engine;

/// <summary>One run of an activity.</summary>
/// <param name="Name">As the orchestrator wrote it.</param>
/// <param name="InstanceId">The calling orchestration.</param>
/// <param name="TaskId">The call's number within its orchestration.</param>
/// <param name="Input">JSON, or null for none.</param>
/// <param name="TraceParent">W3C trace context of the call.</param>
public sealed record ActivityCall(string Name, string InstanceId, int TaskId, string? Input, string? TraceParent);
