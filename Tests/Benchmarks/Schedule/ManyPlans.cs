using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Marketline.Core.Crawl;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Tenants;

namespace Marketline.Benchmarks.Schedule;

/// <summary>Plans by the hundred thousand, written as their stores write them but in transactions of a hundred.</summary>
internal static class ManyPlans
{
    public const int Count = 100_000;
    public const int DuePerMinute = 1_000;

    private const int TenantCount = 1_000;
    private const int TransactionSize = 100;

    public static (TenantId TenantId, PlanId PlanId) Ids(int number) =>
        (
            TenantId.Parse(string.Create(CultureInfo.InvariantCulture, $"tenant{number % TenantCount:D4}")),
            PlanId.Parse(string.Create(CultureInfo.InvariantCulture, $"plan{number:D6}"))
        );

    /// <summary>Each plan runs every 100 minutes; their slots spread evenly over the seconds from <paramref name="firstUtc"/> on.</summary>
    public static async Task AddAsync(string connection, DateTimeOffset firstUtc)
    {
        var plans = Enumerable.Range(0, Count).Select(number => NewPlan(number, firstUtc)).ToList();
        var service = new TableServiceClient(connection);
        await WriteAsync(service, TableNames.Tenants, Enumerable.Range(0, TenantCount).Select(number => Tenant(Ids(number).TenantId)));
        await WriteAsync(service, TableNames.Plans, plans.Select(PlanRow));
        await WriteAsync(service, TableNames.Schedule, plans.Select(DueRow));
    }

    private static async Task WriteAsync(TableServiceClient service, string name, IEnumerable<TableEntity> entities)
    {
        var table = service.GetTableClient(name);
        await table.CreateIfNotExistsAsync();
        var transactions = entities.GroupBy(entity => entity.PartitionKey).SelectMany(partition => partition.Chunk(TransactionSize));
        await Parallel.ForEachAsync(
            transactions,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (transaction, token) =>
                await table.SubmitTransactionAsync(
                    transaction.Select(entity => new TableTransactionAction(TableTransactionActionType.Add, entity)),
                    token
                )
        );
    }

    private static Plan NewPlan(int number, DateTimeOffset firstUtc)
    {
        var (tenantId, planId) = Ids(number);
        return new Plan
        {
            TenantId = tenantId,
            PlanId = planId,
            Platform = "generic-shop",
            Kind = CrawlKind.Prices,
            Sites = [new PlanSite(new Uri("https://shop.example/"))],
            Schedule = new PlanSchedule { EverySeconds = 60 * Count / DuePerMinute, TimeZone = "Europe/Berlin" },
            NextDueUtc = firstUtc.AddSeconds(60L * number / DuePerMinute),
        };
    }

    private static TableEntity Tenant(TenantId tenantId) =>
        new(TableKeys.TenantPartition, tenantId.Value)
        {
            ["Tenant"] = Write(new Tenant { TenantId = tenantId, DisplayName = tenantId.Value, CreatedUtc = DateTimeOffset.UnixEpoch }),
        };

    private static TableEntity PlanRow(Plan plan) => new(plan.TenantId.Value, plan.PlanId.Value) { ["Plan"] = Write(plan) };

    private static TableEntity DueRow(Plan plan) =>
        new(
            TableKeys.SchedulePartition(plan.NextDueUtc!.Value, plan.TenantId, plan.PlanId),
            TableKeys.ScheduleRow(plan.NextDueUtc.Value, plan.TenantId, plan.PlanId)
        )
        {
            ["TenantId"] = plan.TenantId.Value,
            ["PlanId"] = plan.PlanId.Value,
            ["DueUtc"] = plan.NextDueUtc.Value,
            ["StartUtc"] = plan.NextDueUtc.Value,
        };

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, JsonFormat.Options);
}
