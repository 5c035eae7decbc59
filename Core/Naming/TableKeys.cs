using System.Globalization;
using Marketline.Core.Alerts;
using Marketline.Core.Plans;

namespace Marketline.Core.Naming;

/// <summary>
/// Every partition and row key. Partition keys start with the tenant (except for what the operator owns) and spread where
/// rows are many: one partition takes about 2 000 entities a second.
/// </summary>
public static class TableKeys
{
    /// <summary>How many partitions the schedule index and the object index of lineage spread over.</summary>
    public const int BucketCount = 16;

    public const string TenantPartition = "tenant";

    /// <summary>The row of what a tenant has stored, in the tenant's partition.</summary>
    public const string StoredBytes = "stored";

    /// <summary>The list of a tenant's API keys, or of the operator's.</summary>
    public static string ApiKeyList(TenantId? tenantId) => tenantId is { } id ? $"of-{id}" : "of-operator-";

    /// <summary>A counter's window, in the tenant's partition.</summary>
    public static string Counter(string counter, string window) => $"{counter}-{window}";

    public static string AuditPartition(DateOnly date) => date.ToString("yyyyMM", CultureInfo.InvariantCulture);

    /// <summary>The ids of tenants that are gone, in the audit table.</summary>
    public const string DeletedTenantPartition = "deleted";

    /// <summary>Sorts the newest entry first.</summary>
    public static string AuditRow(DateTimeOffset utc, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTime.MaxValue.Ticks - utc.UtcTicks:D19}-{id}");

    /// <summary>Idempotency keys are a tenant's own; the operator has a partition no tenant can have.</summary>
    public static string IdempotencyPartition(TenantId? tenantId) => tenantId?.Value ?? "operator-";

    public static string RunPartition(TenantId tenantId, DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenantId}-{date:yyyyMM}");

    /// <summary>Sorts the newest run first.</summary>
    public static string RunRow(RunId runId) => $"{Descending(runId.ScheduledUtc)}-{runId}";

    /// <summary>Less than every row of a slot before <paramref name="utc"/>, and greater than all others.</summary>
    public static string RunRowBefore(DateTimeOffset utc) => $"{Descending(utc)}.";

    /// <summary>A partition per batch: its objects fill 100-entity transactions.</summary>
    public static string LineagePartition(RunId runId, int batch) =>
        string.Create(CultureInfo.InvariantCulture, $"{runId}-{batch:D6}");

    public static string LineageIndexPartition(TenantId tenantId, string objectKey) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenantId}-{Digest.Bucket(objectKey, BucketCount):D2}");

    /// <summary>Sorts an object's newest run first.</summary>
    public static string LineageIndexRow(string objectKey, RunId runId) => $"{objectKey}-{RunRow(runId)}";

    /// <summary>
    /// A minute has 16 partitions, and minutes sort by time: what is due is one range of partitions, however many rows lie
    /// behind it.
    /// </summary>
    public static string SchedulePartition(DateTimeOffset startUtc, TenantId tenantId, PlanId planId) =>
        string.Create(CultureInfo.InvariantCulture, $"due.{Minute(startUtc):D9}-{Digest.Bucket($"{tenantId}-{planId}", BucketCount):x}");

    /// <summary>Less than every partition of the schedule's index. Those of 0.1.0 began with it (<c>due-00</c> to <c>due-15</c>).</summary>
    public const string ScheduleBegin = "due-";

    /// <summary>Greater than every partition of the minute and those before.</summary>
    public static string ScheduleEnd(DateTimeOffset utc) =>
        string.Create(CultureInfo.InvariantCulture, $"due.{Minute(utc) + 1:D9}");

    /// <summary>Sorts by start; all rows up to <c>ScheduleRowBefore(now)</c> are due.</summary>
    public static string ScheduleRow(DateTimeOffset startUtc, TenantId tenantId, PlanId planId) =>
        $"{Ascending(startUtc)}-{tenantId}-{planId}";

    /// <summary>Greater than every row that is due at or before <paramref name="utc"/>.</summary>
    public static string ScheduleRowBefore(DateTimeOffset utc) => $"{Ascending(utc)}.";

    /// <summary>Less than every partition of <see cref="Parked"/>.</summary>
    public const string ParkedBegin = "parked-";

    /// <summary>Greater than every partition of <see cref="Parked"/>.</summary>
    public const string ParkedEnd = "parked.";

    /// <summary>The due slots that wait for the end of a pause.</summary>
    public static string Parked(PauseScope scope) =>
        scope.TenantId is { } tenantId ? $"{ParkedTenant}{tenantId}" : $"{ParkedPlatform}{scope.Platform}";

    /// <summary>What <see cref="Parked"/> has made a partition of.</summary>
    public static PauseScope ParkedScope(string partition) =>
        partition.StartsWith(ParkedTenant, StringComparison.Ordinal)
            ? PauseScope.Of(TenantId.Parse(partition[ParkedTenant.Length..]))
            : PauseScope.Of(partition[ParkedPlatform.Length..]);

    public const string PlatformPausePartition = "platform";

    public static string WatchedRunPartition(RunId runId) =>
        string.Create(CultureInfo.InvariantCulture, $"watched-{Digest.Bucket(runId.Value, BucketCount):x}");

    /// <summary>The open alerts of all tenants.</summary>
    public const string OpenAlertPartition = "open-";

    /// <summary>In the tenant's partition and in that of all open ones. Sorts the newest run first.</summary>
    public static string OpenAlertRow(RunId runId, AlertKind kind) => $"open-{RunRow(runId)}-{kind}";

    /// <summary>Sorts open alerts before the others, and of those the last resolved one first.</summary>
    public static string AlertRow(Alert alert) =>
        alert.ResolvedUtc is { } resolvedUtc
            ? $"resolved-{Descending(resolvedUtc)}-{alert.RunId}-{alert.Kind}"
            : OpenAlertRow(alert.RunId, alert.Kind);

    private const string ParkedTenant = ParkedBegin + "tenant-";
    private const string ParkedPlatform = ParkedBegin + "platform-";

    private static long Minute(DateTimeOffset utc) => utc.ToUnixTimeSeconds() / 60;

    private static string Ascending(DateTimeOffset utc) =>
        utc.ToUnixTimeSeconds().ToString("D12", CultureInfo.InvariantCulture);

    private static string Descending(DateTimeOffset utc) =>
        (999_999_999_999 - utc.ToUnixTimeSeconds()).ToString("D12", CultureInfo.InvariantCulture);
}
