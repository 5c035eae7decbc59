using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Functions.Timers;

/// <summary>Several workers tick over one storage at once, out of step with each other.</summary>
public sealed class TwoSchedulersTests
{
    private static readonly DateTimeOffset Slot = new(2001, 7, 8, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task RunAsync_TwoWorkersRaceThroughManySlots_EachRunsOnce()
    {
        const int PlanCount = 60;
        var tenants = Enumerable.Range(0, 6).Select(_ => TestStorage.NewTenant()).ToList();
        var clock = new ManualTimeProvider(Slot);
        await using var one = await SchedulerWorker.StartAsync(clock);
        await using var two = await SchedulerWorker.StartAsync(clock);
        await using var client = new StartRecorder();
        for (var i = 0; i < PlanCount; i++)
        {
            await one.AddAsync(NewPlan(tenants[i % tenants.Count], i));
        }

        for (var minute = 0; minute < 4; minute++)
        {
            await Task.WhenAll(one.TickAsync(client), two.TickAsync(client), one.TickAsync(client));
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        // A worker that lost a race may have left a row behind; the next tick drops it.
        await one.TickAsync(client);
        var ids = client.Starts.Select(start => RunId.Parse(start.InstanceId)).Where(id => tenants.Contains(id.TenantId)).ToList();
        var index = await one.Get<TableScheduleStore>().ListDueAsync(Slot.AddYears(1), default).Where(due => tenants.Contains(due.TenantId)).ToListAsync();
        await one.ClearAsync(Slot.AddYears(1));

        Assert.That(ids, Is.Unique);
        Assert.That(ids.Select(id => id.ScheduledUtc).Distinct().Order(), Is.EqualTo(Enumerable.Range(0, 5).Select(minute => Slot.AddMinutes(minute))));
        Assert.That(ids, Has.Count.EqualTo(PlanCount * 5));
        Assert.That(index.Select(due => (due.TenantId, due.PlanId)), Is.Unique.And.Exactly(PlanCount).Items);
    }

    private static Plan NewPlan(TenantId tenant, int number) =>
        new()
        {
            TenantId = tenant,
            PlanId = PlanId.Parse($"plan{number}"),
            Platform = "generic-shop",
            Kind = CrawlKind.Products,
            Sites = [new PlanSite(new Uri("https://shop.example/"))],
            Schedule = new PlanSchedule { EverySeconds = 60, Overlap = OverlapPolicy.Allow },
            NextDueUtc = Slot,
        };
}
