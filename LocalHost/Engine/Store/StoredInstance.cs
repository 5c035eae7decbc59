using Microsoft.DurableTask.Client;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>All that a client may see of an instance; without its payloads unless they were asked for.</summary>
internal sealed record StoredInstance(
    long Key,
    string Id,
    string Name,
    OrchestrationRuntimeStatus Status,
    DateTime Created,
    DateTime Updated,
    string? TagsJson,
    string? Input,
    string? Output,
    string? CustomStatus,
    string? FailureJson)
{
    public static StoredInstance Read(SqliteStatement row) => new(
        row.Int64(0),
        row.Text(1),
        row.Text(2),
        (OrchestrationRuntimeStatus)row.Int32(3),
        new DateTime(row.Int64(4), DateTimeKind.Utc),
        new DateTime(row.Int64(5), DateTimeKind.Utc),
        row.TextOrNull(6),
        row.TextOrNull(7),
        row.TextOrNull(8),
        row.TextOrNull(9),
        row.TextOrNull(10));
}
