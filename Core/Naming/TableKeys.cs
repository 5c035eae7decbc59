using System.Globalization;

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

    /// <summary>A partition per batch: its objects fill 100-entity transactions.</summary>
    public static string LineagePartition(RunId runId, int batch) =>
        string.Create(CultureInfo.InvariantCulture, $"{runId}-{batch:D6}");

    public static string LineageIndexPartition(TenantId tenantId, string objectKey) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenantId}-{Digest.Bucket(objectKey, BucketCount):D2}");

    /// <summary>Sorts an object's newest run first.</summary>
    public static string LineageIndexRow(string objectKey, RunId runId) => $"{objectKey}-{RunRow(runId)}";

    public static string SchedulePartition(int bucket) => string.Create(CultureInfo.InvariantCulture, $"due-{bucket:D2}");

    /// <summary>Sorts by due time; all rows up to <c>ScheduleRowBefore(now)</c> are due.</summary>
    public static string ScheduleRow(DateTimeOffset dueUtc, TenantId tenantId, PlanId planId) =>
        $"{Ascending(dueUtc)}-{tenantId}-{planId}";

    /// <summary>Greater than every row that is due at or before <paramref name="utc"/>.</summary>
    public static string ScheduleRowBefore(DateTimeOffset utc) => $"{Ascending(utc)}.";

    private static string Ascending(DateTimeOffset utc) =>
        utc.ToUnixTimeSeconds().ToString("D12", CultureInfo.InvariantCulture);

    private static string Descending(DateTimeOffset utc) =>
        (999_999_999_999 - utc.ToUnixTimeSeconds()).ToString("D12", CultureInfo.InvariantCulture);
}
