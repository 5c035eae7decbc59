using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Functions;

/// <summary>Runs that are started, wait, are skipped, replaced or refused.</summary>
internal sealed class RunStartOutcomeTests : RunQueueFixture
{
    [Test]
    public async Task Start_TenantHasAsManyAsItMay_TheNextWaits()
    {
        var outcomes = await StartAsync("one", "two", "three");

        Assert.That(outcomes, Is.EqualTo(new[] { StartOutcome.Started, StartOutcome.Started, StartOutcome.Queued }));
        Assert.That(await StatusAsync("three"), Is.EqualTo(RunStatus.Queued));
        Assert.That(Started(), Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public async Task Start_OtherTenantsRuns_DoNotCount()
    {
        await StartAsync("one", "two");
        var other = TestStorage.NewTenant();
        await Setup.AddTenantAsync(other);

        var result = await Setup.Starter.StartAsync(Client, Request("one") with { Plan = PlanOf("one") with { TenantId = other } }, CancellationToken.None);

        Assert.That(result.Outcome, Is.EqualTo(StartOutcome.Started));
    }

    [TestCase(OverlapPolicy.Skip, StartOutcome.Skipped)]
    [TestCase(OverlapPolicy.Queue, StartOutcome.Queued)]
    [TestCase(OverlapPolicy.Replace, StartOutcome.Queued)]
    [TestCase(OverlapPolicy.Allow, StartOutcome.Started)]
    public async Task Start_PlansLastRunGoesOn_FollowsTheOverlapPolicy(OverlapPolicy overlap, StartOutcome expected)
    {
        await StartAsync("plan");

        var result = await StartAgainAsync(overlap);

        Assert.That((result.Outcome, result.Reason is null), Is.EqualTo((expected, expected == StartOutcome.Started)));
        Assert.That(await Setup.Runs.FindAsync(result.RunId, CancellationToken.None) is null, Is.EqualTo(expected == StartOutcome.Skipped));
    }

    [TestCase(RunTriggerKind.Schedule, StartOutcome.Skipped)]
    [TestCase(RunTriggerKind.Request, StartOutcome.Queued)]
    [TestCase(RunTriggerKind.Run, StartOutcome.Queued)]
    public async Task Start_NoPolicyGiven_SchedulesSkipAndRequestsQueue(RunTriggerKind kind, StartOutcome expected)
    {
        await StartAsync("plan");

        var request = Request("plan") with { SlotUtc = Slot.AddMinutes(1), Trigger = new RunTrigger(kind) };

        Assert.That((await Setup.Starter.StartAsync(Client, request, CancellationToken.None)).Outcome, Is.EqualTo(expected));
    }

    [Test]
    public async Task Start_QueuedBehindThePlansOwnRun_StartsWhenThatOneEnds()
    {
        await StartAsync("plan");
        await StartAgainAsync(OverlapPolicy.Queue);
        var before = Started();

        await EndAsync("plan");

        Assert.That(before, Is.EqualTo(new[] { "plan" }));
        Assert.That(Started(), Is.EqualTo(new[] { "plan", "plan" }));
    }

    [Test]
    public async Task Start_Replace_CancelsTheRunningOneAndDropsTheWaitingOne()
    {
        await StartAsync("plan");
        var waiting = await StartAgainAsync(OverlapPolicy.Queue, minutes: 1);

        var last = await StartAgainAsync(OverlapPolicy.Replace, minutes: 2);
        var isFlagged = await Setup.Blobs.ExistsAsync(Tenant, BlobNames.CancelFlag(Id("plan")), CancellationToken.None);
        await EndAsync("plan");

        Assert.That(isFlagged, Is.True);
        Assert.That((await Setup.Runs.FindAsync(waiting.RunId, CancellationToken.None))!.Status, Is.EqualTo(RunStatus.Cancelled));
        Assert.That(Client.Starts.Select(start => start.InstanceId), Is.EqualTo(new[] { Id("plan").Value, last.RunId.Value }));
    }

    [Test]
    public async Task Start_OldSlotAgain_ReplacesNothing()
    {
        await StartAsync("plan");
        await EndAsync("plan");
        await StartAgainAsync(OverlapPolicy.Allow);

        var result = await Setup.Starter.StartAsync(Client, Request("plan") with { Overlap = OverlapPolicy.Replace }, CancellationToken.None);

        Assert.That(result.Outcome, Is.EqualTo(StartOutcome.AlreadyStarted));
        Assert.That(await Setup.Blobs.ExistsAsync(Tenant, BlobNames.CancelFlag(new RunId(Tenant, PlanId.Parse("plan"), Slot.AddMinutes(1))), CancellationToken.None), Is.False);
        Assert.That(await TicketsAsync(), Has.Count.EqualTo(1), "none is left of it");
    }

    [Test]
    public async Task Start_SkippedSlotThatRanBefore_IsAlreadyStarted()
    {
        await StartAsync("plan");
        await EndAsync("plan");
        await StartAgainAsync(OverlapPolicy.Queue);

        var result = await Setup.Starter.StartAsync(Client, Request("plan") with { Overlap = OverlapPolicy.Skip }, CancellationToken.None);

        Assert.That(result.Outcome, Is.EqualTo(StartOutcome.AlreadyStarted));
    }

    [TestCase(TenantStatus.Suspended)]
    [TestCase(TenantStatus.Deleting)]
    public async Task Start_TenantIsNotActive_IsRefusedWithTheReason(TenantStatus status)
    {
        await Setup.ChangeTenantAsync(Tenant, tenant => tenant with { Status = status });

        var result = await StartOneAsync("one");

        Assert.That(result.Outcome, Is.EqualTo(StartOutcome.Refused));
        Assert.That(result.Reason, Does.Contain(status == TenantStatus.Suspended ? "suspended" : "deleted"));
        Assert.That(await TicketsAsync(), Is.Empty);
    }

    [Test]
    public async Task Start_NoSuchTenant_IsRefused()
    {
        var request = Request("one") with { Plan = PlanOf("one") with { TenantId = TestStorage.NewTenant() } };

        Assert.That((await Setup.Starter.StartAsync(Client, request, CancellationToken.None)).Outcome, Is.EqualTo(StartOutcome.Refused));
    }

    [Test]
    public async Task Start_TenantStoresTooMuch_IsRefusedWithTheReason()
    {
        await Setup.ChangeTenantAsync(Tenant, tenant => tenant with { Limits = tenant.Limits with { MaxStoredBytes = 999 } });
        await Setup.Counters.TakeAsync(Tenant, "stored-bytes", "now", 1_000, long.MaxValue, CancellationToken.None);

        var result = await StartOneAsync("one");

        Assert.That(result.Outcome, Is.EqualTo(StartOutcome.Refused));
        Assert.That(result.Reason, Does.Contain("1000").And.Contains("999"));
    }

    [Test]
    public async Task Start_SixtyFourAtOnceOnTwoWorkers_KeepsTheBoundAndStartsAllInTheEnd()
    {
        await Setup.ChangeTenantAsync(Tenant, tenant => tenant with { Limits = tenant.Limits with { MaxActiveRuns = 5 } });
        await using var secondStorage = await TestStorage.CreateAsync(Clock);
        StarterSetup[] workers = [Setup, new StarterSetup(secondStorage, Clock)];

        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => workers[i % 2].Starter.StartAsync(Client, Request($"plan{i}"), CancellationToken.None)));
        var most = Started().Count;
        for (var ended = 0; ended < 64; ended++)
        {
            await RepairAsync();
            await workers[ended % 2].Queue.LeaveAsync(Client, RunId.Parse(Client.Starts.ElementAt(ended).InstanceId), CancellationToken.None);
        }

        Assert.That(most, Is.EqualTo(5));
        Assert.That(Started(), Is.Unique.And.Count.EqualTo(64));
        Assert.That(await TicketsAsync(), Is.Empty);
    }
}
