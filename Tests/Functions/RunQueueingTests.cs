using Marketline.Core.Admission;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.Functions;

/// <summary>Runs that wait, get their turn or are cancelled, and what mends them after a crash.</summary>
internal sealed class RunQueueingTests : RunQueueFixture
{
    [Test]
    public async Task Leave_OthersWait_StartsThemByPriorityAndThenAge()
    {
        await StartAsync("one", "two", "three", "four");
        await StartAsync("urgent", priority: 0);

        await EndAsync("one");
        await EndAsync("two");
        await EndAsync("urgent");

        Assert.That(Started(), Is.EqualTo(new[] { "one", "two", "urgent", "three", "four" }));
    }

    [Test]
    public async Task Leave_WaitingRun_StartsWithThePlanAsItWas()
    {
        await StartAsync("one", "two", "three");

        await EndAsync("one");

        var input = (RunInput)Client.Starts.Last().Input!;
        Assert.That((input.Run.RunId, input.Run.Platform, input.Limits.BatchSize), Is.EqualTo((Id("three"), "generic-shop", 77)));
        Assert.That(input.Sites.Select(site => site.BaseUrl), Is.EqualTo(PlanOf("three").Sites.Select(site => site.BaseUrl)));
    }

    [Test]
    public async Task Leave_Twice_StartsOne()
    {
        await StartAsync("one", "two", "three", "four");

        await EndAsync("one");
        await EndAsync("one");

        Assert.That(Started(), Is.EqualTo(new[] { "one", "two", "three" }));
    }

    [Test]
    public async Task Suspend_RunsWait_NoneOfThemStartsUntilItIsOver()
    {
        await StartAsync("one", "two", "three");
        await Setup.ChangeTenantAsync(Tenant, tenant => tenant with { Status = TenantStatus.Suspended });
        await EndAsync("one");
        var suspended = Started();

        await Setup.ChangeTenantAsync(Tenant, tenant => tenant with { Status = TenantStatus.Active });
        await RepairAsync();

        Assert.That(suspended, Has.Count.EqualTo(2));
        Assert.That(Started(), Is.EqualTo(new[] { "one", "two", "three" }));
    }

    [Test]
    public async Task Cancel_RunWaits_NeverStarts()
    {
        await StartAsync("one", "two", "three", "four");

        var isCancelled = await CancelAsync("three");
        await EndAsync("one");

        var row = await Setup.Runs.FindAsync(Id("three"), CancellationToken.None);
        Assert.That(isCancelled, Is.True);
        Assert.That((row!.Status, row.FinishedUtc, row.IsLineageComplete), Is.EqualTo((RunStatus.Cancelled, (DateTimeOffset?)Clock.GetUtcNow(), true)));
        Assert.That(Started(), Is.EqualTo(new[] { "one", "two", "four" }));
    }

    [Test]
    public async Task Cancel_RunGoesOnOrIsUnknown_IsLeftToItsFlag()
    {
        await StartAsync("one");

        Assert.That(await CancelAsync("one"), Is.False);
        Assert.That(await CancelAsync("nosuchplan"), Is.False);
        Assert.That(await TicketsAsync(), Has.Count.EqualTo(1));
        Assert.That(await Setup.Blobs.ExistsAsync(Tenant, BlobNames.CancelFlag(Id("one")), CancellationToken.None), Is.True);
    }

    [Test]
    public async Task Cancel_WorkerStoppedBetweenTicketAndRow_SecondTimeEndsTheRun()
    {
        await StartAsync("one", "two", "three");
        await Setup.Pools.ApplyAsync(TestPool(), new TicketRelease(Id("three").Value), CancellationToken.None);

        Assert.That(await CancelAsync("three"), Is.True);
        Assert.That(await StatusAsync("three"), Is.EqualTo(RunStatus.Cancelled));
    }

    [Test]
    public async Task ListActive_SomeRunAndSomeWait_AreThoseThatHaveTheirPlace()
    {
        await StartAsync("one", "two", "three");

        var active = await Setup.Queue.ListActiveAsync(Tenant, CancellationToken.None);

        Assert.That(active.Select(run => run.RunId), Is.EquivalentTo(new[] { Id("one"), Id("two") }));
        Assert.That(active.Select(run => run.SinceUtc), Is.All.InRange(Slot.AddSeconds(20), Clock.GetUtcNow()));
    }

    [Test]
    public async Task Start_LimitIsRaised_RepairStartsThoseThatWait()
    {
        await StartAsync("one", "two", "three", "four", "five");
        await Setup.ChangeTenantAsync(Tenant, tenant => tenant with { Limits = tenant.Limits with { MaxActiveRuns = 4 } });

        await RepairAsync();

        Assert.That(Started(), Is.EqualTo(new[] { "one", "two", "three", "four" }));
    }

    [Test]
    public async Task Crash_BeforeTheRow_RepairFreesThePlace()
    {
        var request = new TicketRequest(new Ticket { Id = Id("ghost").Value, TenantId = Tenant }, TenantShare.Unbounded);
        await Setup.Pools.ApplyAsync(TestPool(), request, CancellationToken.None);
        await StartAsync("one", "two");
        await RepairAsync();
        var early = Started();

        Clock.Advance(TimeSpan.FromMinutes(3));
        await RepairAsync();

        Assert.That(early, Is.EqualTo(new[] { "one" }), "the row may be on its way");
        Assert.That(Started(), Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public async Task Crash_BeforeTheRow_SameRequestAgainGoesOn()
    {
        var request = new TicketRequest(new Ticket { Id = Id("one").Value, TenantId = Tenant }, TenantShare.Unbounded);
        await Setup.Pools.ApplyAsync(TestPool(), request, CancellationToken.None);

        Assert.That((await StartOneAsync("one")).Outcome, Is.EqualTo(StartOutcome.Started));
        Assert.That(await TicketsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Crash_BeforeTheOrchestration_RepairStartsIt()
    {
        Client.Failing = _ => (new TimeoutException("no answer"), IsBefore: true);
        Assert.That(() => StartOneAsync("one"), Throws.TypeOf<TimeoutException>());
        Client.Failing = _ => null;

        await RepairAsync();
        await RepairAsync();

        Assert.That(Started(), Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public async Task Crash_BetweenGrantAndStartOfTheNext_RepairStartsIt()
    {
        await StartAsync("one", "two", "three");
        Client.Failing = _ => (new TimeoutException("no answer"), IsBefore: true);
        await EndAsync("one");
        Client.Failing = _ => null;
        var before = Started();

        await RepairAsync();

        Assert.That((before.Count, Started().Count), Is.EqualTo((2, 3)));
    }

    [Test]
    public async Task Crash_BeforeThePlaceOfAClosedRunWasFreed_RepairFreesIt()
    {
        await StartAsync("one", "two", "three");
        await Setup.Runs.UpdateAsync(Id("one"), row => row with { Status = RunStatus.Completed }, CancellationToken.None);

        await RepairAsync();

        Assert.That(Started(), Is.EqualTo(new[] { "one", "two", "three" }));
    }

    [TestCase(OrchestrationRuntimeStatus.Terminated, true)]
    [TestCase(OrchestrationRuntimeStatus.Failed, true)]
    [TestCase(OrchestrationRuntimeStatus.Completed, false)]
    [TestCase(OrchestrationRuntimeStatus.Running, false)]
    [TestCase(OrchestrationRuntimeStatus.Suspended, false)]
    public async Task Repair_OrchestrationEndedWithoutItsClosingRecord_FreesThePlace(OrchestrationRuntimeStatus status, bool isFreed)
    {
        await StartAsync("one", "two", "three");
        await Setup.Runs.UpdateAsync(Id("one"), row => row with { Status = RunStatus.Running }, CancellationToken.None);
        Client.End(Id("one").Value, status);

        await RepairAsync();

        Assert.That(Started(), Has.Count.EqualTo(isFreed ? 3 : 2));
    }

    [Test]
    public async Task Repair_LongRun_IsLookedAtEveryFiveMinutes()
    {
        await StartAsync("one", "two", "three");
        Clock.Advance(TimeSpan.FromHours(1));
        await Setup.Runs.UpdateAsync(Id("one"), row => row with { Status = RunStatus.Completed }, CancellationToken.None);
        for (var minute = 0; minute < 5; minute++)
        {
            await RepairAsync();
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(Started(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Repair_RunOfAnotherHub_IsLeftToIt()
    {
        await StartAsync("one");
        await using var other = new StartRecorder("other");

        await Setup.Repair.RunAsync(other, Tenant, CancellationToken.None);

        Assert.That(await TicketsAsync(), Has.Count.EqualTo(1));
        Assert.That(other.Starts, Is.Empty);
    }

    [Test]
    public async Task Leave_NextRunIsOfAnotherHub_IsStartedByThatHubsRepair()
    {
        await StartAsync("one", "two");
        await using var other = new StartRecorder("other");
        await Setup.Starter.StartAsync(other, Request("three"), CancellationToken.None);
        await EndAsync("one");
        var before = other.Starts.Count;

        await Setup.Repair.RunAsync(other, Tenant, CancellationToken.None);

        Assert.That((before, other.Starts.Count, Client.Starts.Count), Is.EqualTo((0, 1, 2)));
    }
}
