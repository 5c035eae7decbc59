using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Marketline.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Storage.Tables;

public sealed class TableStoresTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);

    [Test]
    public async Task Tenant_IdTaken_IsNotReplaced()
    {
        await using var storage = await TestStorage.CreateAsync();
        var tenants = storage.GetRequiredService<TableTenantStore>();
        var tenant = new Tenant { TenantId = TestStorage.NewTenant(), DisplayName = "One", CreatedUtc = At };

        var first = await tenants.TryAddAsync(tenant, default);
        var second = await tenants.TryAddAsync(tenant with { DisplayName = "Two" }, default);

        Assert.That((first, second), Is.EqualTo((true, false)));
        Assert.That(await tenants.FindAsync(tenant.TenantId, default), Is.EqualTo(tenant).UsingPropertiesComparer());
    }

    [Test]
    public async Task ApiKey_AddedAndUnknown_AreToldApart()
    {
        await using var storage = await TestStorage.CreateAsync();
        var keys = storage.GetRequiredService<TableApiKeyStore>();
        var key = new StoredApiKey
        {
            Id = Guid.NewGuid().ToString("N")[..16],
            TenantId = TestStorage.NewTenant(),
            Role = AccessRole.Reader,
            Name = "console",
            SecretHash = [1, 2, 3],
            CreatedUtc = At,
        };
        await keys.AddAsync(key, default);

        var found = await keys.FindAsync(key.Id, default);

        Assert.That(found!.SecretHash, Is.EqualTo(key.SecretHash));
        Assert.That(found with { SecretHash = key.SecretHash }, Is.EqualTo(key));
        Assert.That(await keys.FindAsync("0000000000000000", default), Is.Null);
    }

    [Test]
    public async Task Plan_ChangedInBetween_IsNotOverwritten()
    {
        await using var storage = await TestStorage.CreateAsync();
        var plans = storage.GetRequiredService<TablePlanStore>();
        var plan = NewPlan(TestStorage.NewTenant());
        await plans.WriteAsync(plan, null, default);
        var read = await plans.FindAsync(plan.TenantId, plan.PlanId, default);

        var first = await plans.WriteAsync(plan with { IsPaused = true }, read!.ETag, default);
        var second = await plans.WriteAsync(plan with { Platform = "shopify" }, read.ETag, default);

        Assert.That((first?.ETag, second), Is.EqualTo(((await plans.FindAsync(plan.TenantId, plan.PlanId, default))!.ETag, (VersionedPlan?)null)));
        Assert.That((await plans.FindAsync(plan.TenantId, plan.PlanId, default))!.Plan.IsPaused, Is.True);
    }

    [Test]
    public async Task Schedule_DueAndLater_OnlyDueIsListed()
    {
        await using var storage = await TestStorage.CreateAsync();
        var schedule = storage.GetRequiredService<TableScheduleStore>();
        var tenant = TestStorage.NewTenant();
        var due = new DuePlan(tenant, PlanId.Parse("due"), At, At);
        await schedule.AddAsync(due, default);
        await schedule.AddAsync(new DuePlan(tenant, PlanId.Parse("later"), At, At.AddSeconds(1)), default);

        var listed = await DueOfAsync(schedule, tenant);
        await schedule.RemoveAsync(due, default);

        Assert.That(listed, Is.EqualTo((DuePlan[])[due]));
        Assert.That(await DueOfAsync(schedule, tenant), Is.Empty);
    }

    [Test]
    public async Task Run_AddedTwice_IsOneAndUpdatesKeepTheLatest()
    {
        await using var storage = await TestStorage.CreateAsync();
        var runs = storage.GetRequiredService<TableRunStore>();
        var record = NewRun(TestStorage.NewTenant(), At);
        await runs.TryAddAsync(record, default);

        var isAddedAgain = await runs.TryAddAsync(record, default);
        var changes = Enumerable.Range(0, 8).Select(_ => runs.UpdateAsync(record.Run.RunId, row => row with { PageCount = row.PageCount + 1 }, default));
        await Task.WhenAll(changes);

        Assert.That(isAddedAgain, Is.False);
        Assert.That((await runs.FindAsync(record.Run.RunId, default))!.PageCount, Is.EqualTo(8));
    }

    [Test]
    public async Task Runs_Listed_NewestFirstAndOwnOnly()
    {
        await using var storage = await TestStorage.CreateAsync();
        var runs = storage.GetRequiredService<TableRunStore>();
        var tenant = TestStorage.NewTenant();
        await runs.TryAddAsync(NewRun(tenant, At), default);
        await runs.TryAddAsync(NewRun(tenant, At.AddHours(1)), default);
        await runs.TryAddAsync(NewRun(TestStorage.NewTenant(), At), default);

        var listed = new List<DateTimeOffset>();
        await foreach (var run in runs.ListAsync(tenant, new DateOnly(2026, 11, 1), default))
        {
            listed.Add(run.Run.RunId.ScheduledUtc);
        }

        Assert.That(listed, Is.EqualTo((DateTimeOffset[])[At.AddHours(1), At]));
    }

    [Test]
    public async Task Lineage_WrittenTwice_IsThereOnceAndFoundByObject()
    {
        await using var storage = await TestStorage.CreateAsync();
        var lineage = storage.GetRequiredService<TableLineageStore>();
        var run = NewRun(TestStorage.NewTenant(), At).Run;
        var outcomes = Enumerable.Range(0, 250).Select(i => Outcome($"{i:x32}")).Append(Outcome($"{0:x32}")).ToList();
        var batch = new BatchOutcomes(7, outcomes);

        await lineage.WriteAsync(run, "trace", [batch], default);
        var count = await lineage.WriteAsync(run, "trace", [batch], default);

        Assert.That(count, Is.EqualTo(251), "an object that stands twice in a batch has two rows");
        Assert.That(await CountAsync(lineage.ListAsync(run.RunId, 7, default)), Is.EqualTo(251));
        Assert.That(await CountAsync(lineage.FindAsync(run.TenantId, $"{1:x32}", run.RunId.Date, default)), Is.EqualTo(1));
        Assert.That(await CountAsync(lineage.FindAsync(TestStorage.NewTenant(), $"{1:x32}", run.RunId.Date, default)), Is.Zero);
    }

    private static Plan NewPlan(TenantId tenantId) =>
        new()
        {
            TenantId = tenantId,
            PlanId = PlanId.Parse("products"),
            Platform = "generic-shop",
            Kind = CrawlKind.Products,
            Sites = [new PlanSite(new Uri("https://shop.example/"))],
        };

    private static RunRecord NewRun(TenantId tenantId, DateTimeOffset slot) =>
        new()
        {
            Run = new RunRef
            {
                RunId = new RunId(tenantId, PlanId.Parse("products"), slot),
                Platform = "generic-shop",
                Kind = CrawlKind.Products,
            },
            Status = RunStatus.Scheduled,
        };

    private static ObjectOutcome Outcome(string key) =>
        new()
        {
            ObjectKey = key,
            Url = "https://shop.example/'quoted'?a=1#b",
            State = ObjectState.Delivered,
            Reason = "new-or-changed",
            Blocks = [new LineageBlock(LineageStep.Crawl, StepState.Succeeded, At, 1.5)],
        };

    private static async Task<List<DuePlan>> DueOfAsync(TableScheduleStore schedule, TenantId tenant)
    {
        var due = new List<DuePlan>();
        await foreach (var plan in schedule.ListDueAsync(At, default))
        {
            due.Add(plan);
        }

        return due.FindAll(plan => plan.TenantId == tenant);
    }

    private static async Task<int> CountAsync<T>(IAsyncEnumerable<T> items)
    {
        var count = 0;
        await foreach (var _ in items)
        {
            count++;
        }

        return count;
    }
}
