using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Core.Runs;

namespace Marketline.Storage.Tables;

/// <summary>The filter that the table service applies to a month's runs.</summary>
internal static class RunQuery
{
    public const string StatusColumn = "Status";
    public const string PlanColumn = "PlanId";
    public const string PlatformColumn = "Platform";
    public const string KindColumn = "Kind";
    public const string TriggerColumn = "Trigger";

    public static string Of(TenantId tenantId, DateOnly month, RunFilter filter, RunId? after)
    {
        var first = after is null
            ? TableClient.CreateQueryFilter($"RowKey ge {TableKeys.RunRowBefore(Midnight(filter.To.AddDays(1)))}")
            : TableClient.CreateQueryFilter($"RowKey gt {TableKeys.RunRow(after)}");
        var rows = TableClient.CreateQueryFilter(
            $"PartitionKey eq {TableKeys.RunPartition(tenantId, month)} and RowKey lt {TableKeys.RunRowBefore(Midnight(filter.From))}"
        );
        var columns = Columns(filter).ToList();
        return columns.Count == 0
            ? $"{rows} and {first}"
            // Rows of earlier versions have no such columns: they come too, and are judged by what is in them.
            : $"{rows} and {first} and (({string.Join(" and ", columns)}) or not ({PlanColumn} gt ''))";
    }

    private static IEnumerable<string> Columns(RunFilter filter)
    {
        if (filter.Statuses.Count > 0)
        {
            yield return $"({string.Join(" or ", filter.Statuses.Select(status => Equal(StatusColumn, status.ToString())))})";
        }

        if (filter.PlanId is { } plan)
        {
            yield return Equal(PlanColumn, plan.Value);
        }

        if (filter.Platform is { } platform)
        {
            yield return Equal(PlatformColumn, platform);
        }

        if (filter.Kind is { } kind)
        {
            yield return Equal(KindColumn, kind.ToString());
        }

        if (filter.Trigger is { } trigger)
        {
            yield return Equal(TriggerColumn, trigger.ToString());
        }
    }

    /// <summary>The column's name is ours; the value may be a caller's.</summary>
    private static string Equal(string column, string value) => $"{column} eq {TableClient.CreateQueryFilter($"{value}")}";

    private static DateTimeOffset Midnight(DateOnly date) => new(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
