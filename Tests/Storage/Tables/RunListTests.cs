using Azure.Data.Tables;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Storage.Tables;

/// <summary>Lists of runs: filters that the service applies, over the months' partitions.</summary>
public sealed class RunListTests
{
    private static readonly RunFilter Autumn = new(new DateOnly(2026, 9, 1), new DateOnly(2026, 11, 30));

    private readonly TenantId _tenant = TestStorage.NewTenant();
    private ServiceProvider _storage = null!;
    private TableRunStore _runs = null!;

    [OneTimeSetUp]
    public async Task PutRunsAsync()
    {
        _storage = await TestStorage.CreateAsync();
        _runs = _storage.GetRequiredService<TableRunStore>();
        await PutAsync("2026-08-31T23:59:59Z", "a");
        await PutAsync("2026-09-01T00:00:00Z", "a");
        await PutAsync("2026-10-15T12:00:00Z", "b", RunStatus.Failed);
        await PutAsync("2026-11-01T00:00:00Z", "a", platform: "shopify");
        await PutAsync("2026-11-30T23:59:59Z", "b", kind: CrawlKind.Reviews, trigger: RunTriggerKind.Run);
        await PutAsync("2026-12-01T00:00:00Z", "a");
        await MakeOldAsync("2026-10-15T12:00:00Z", "b");
    }

    [OneTimeTearDown]
    public async Task TearDown() => await _storage.DisposeAsync();

    [Test]
    public async Task List_Dates_AreThoseOfTheSlotsAndTheNewestComesFirst() =>
        Assert.That(await ListAsync(Autumn), Is.EqualTo(new[] { "1130 b", "1101 a", "1015 b", "0901 a" }));

    [Test]
    public async Task List_OneDay_HoldsItsFirstAndItsLastSecond()
    {
        Assert.That(await ListAsync(new RunFilter(new DateOnly(2026, 11, 30), new DateOnly(2026, 11, 30))), Is.EqualTo(new[] { "1130 b" }));
        Assert.That(await ListAsync(new RunFilter(new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 1))), Is.EqualTo(new[] { "1201 a" }));
    }

    [Test]
    public async Task List_ByPlan_RowsOfEarlierVersionsAreJudgedByWhatIsInThem()
    {
        Assert.That(await ListAsync(Autumn with { PlanId = PlanId.Parse("b") }), Is.EqualTo(new[] { "1130 b", "1015 b" }));
        Assert.That(await ListAsync(Autumn with { PlanId = PlanId.Parse("a") }), Is.EqualTo(new[] { "1101 a", "0901 a" }));
    }

    [Test]
    public async Task List_ByEachColumn_HoldsWhatFits()
    {
        Assert.That(await ListAsync(Autumn with { Platform = "shopify" }), Is.EqualTo(new[] { "1101 a" }));
        Assert.That(await ListAsync(Autumn with { Kind = CrawlKind.Reviews }), Is.EqualTo(new[] { "1130 b" }));
        Assert.That(await ListAsync(Autumn with { Trigger = RunTriggerKind.Run }), Is.EqualTo(new[] { "1130 b" }));
        Assert.That(await ListAsync(Autumn with { Statuses = [RunStatus.Failed, RunStatus.Running] }), Is.EqualTo(new[] { "1015 b" }));
        Assert.That(await ListAsync(Autumn with { PlanId = PlanId.Parse("b"), Kind = CrawlKind.Products }), Is.EqualTo(new[] { "1015 b" }));
    }

    [Test]
    public async Task List_ValueWithAQuote_IsAValue() =>
        Assert.That(await ListAsync(Autumn with { Platform = "x' or Platform ne '" }), Is.Empty);

    [Test]
    public async Task List_BehindEachRun_GoesOnOverTheMonths()
    {
        var expected = await ListAsync(Autumn);
        var found = new List<string>();
        RunId? after = null;
        while (await _runs.ListAsync(_tenant, Autumn, after, 1, default).FirstOrDefaultAsync() is { } run)
        {
            after = run.Run.RunId;
            found.Add(Text(run));
        }

        Assert.That(found, Is.EqualTo(expected));
    }

    [Test]
    public async Task List_AnotherTenant_IsEmpty() =>
        Assert.That(await _runs.ListAsync(TestStorage.NewTenant(), Autumn, null, 10, default).ToListAsync(), Is.Empty);

    private async Task<List<string>> ListAsync(RunFilter filter) => await _runs.ListAsync(_tenant, filter, null, 2, default).Select(Text).ToListAsync();

    private static string Text(RunRecord run) => $"{run.Run.RunId.ScheduledUtc:MMdd} {run.Run.RunId.PlanId}";

    private RunId Id(string slot, string plan) => new(_tenant, PlanId.Parse(plan), DateTimeOffset.Parse(slot, null));

    private Task<bool> PutAsync(
        string slot,
        string plan,
        RunStatus status = RunStatus.Completed,
        string platform = "generic-shop",
        CrawlKind kind = CrawlKind.Products,
        RunTriggerKind trigger = RunTriggerKind.Schedule
    )
    {
        var run = new RunRef { RunId = Id(slot, plan), Platform = platform, Kind = kind };
        return _runs.TryAddAsync(new RunRecord { Run = run, Status = status, Trigger = new RunTrigger(trigger) }, default);
    }

    /// <summary>Makes a row one of the first version, which had a column for the status only.</summary>
    private async Task MakeOldAsync(string slot, string plan)
    {
        var table = new TableServiceClient(await AzuriteFixture.ConnectionStringAsync()).GetTableClient(TableNames.Runs);
        var runId = Id(slot, plan);
        TableEntity row = await table.GetEntityAsync<TableEntity>(TableKeys.RunPartition(_tenant, runId.Date), TableKeys.RunRow(runId));
        foreach (var column in new[] { "PlanId", "Platform", "Kind", "Trigger" })
        {
            row.Remove(column);
        }

        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
    }
}
