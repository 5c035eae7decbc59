using System.Globalization;

namespace Marketline.Core.Naming;

/// <summary>Every table name. Lineage is sliced by the month of the run, so that retention is dropping a table.</summary>
public static class TableNames
{
    public const string Tenants = "tenants";
    public const string ApiKeys = "apikeys";
    public const string Plans = "plans";
    public const string Schedule = "schedule";
    public const string Runs = "runs";
    public const string WatchedRuns = "watchedruns";
    public const string Pauses = "pauses";
    public const string Counters = "counters";
    public const string Usage = "usage";
    public const string Alerts = "alerts";
    public const string Audit = "audit";

    public static string Lineage(DateOnly date) => LineagePrefix + Slice(date);

    public static string LineageIndex(DateOnly date) => LineagePrefix + "index" + Slice(date);

    /// <summary>A table a day: yesterday's keys still hold, older ones are dropped with their table.</summary>
    public static string Idempotency(DateOnly date) => IdempotencyPrefix + date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>What all slices of lineage and of its index begin with.</summary>
    public const string LineagePrefix = "lineage";

    public const string IdempotencyPrefix = "idempotency";

    private static string Slice(DateOnly date) => date.ToString("yyyyMM", CultureInfo.InvariantCulture);
}
