using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Engine;

[TestFixture(true)]
[TestFixture(false)]
public sealed class RetryTests(bool cacheInstances)
{
    [Test]
    public async Task Policy_FailsTwice_WaitsLongerEachTimeAndSucceeds()
    {
        var calls = new List<DateTimeOffset>();
        var clock = new ManualTimeProvider();
        var begun = clock.GetUtcNow();
        await using var engine = await FlakyAsync(clock, calls, failures: 2, new RetryPolicy(3, TimeSpan.FromMinutes(1), 2));

        var id = await engine.StartInstanceAsync("Retrier");
        await engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        await engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        var waiting = await engine.GetAsync(id);
        await engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        var end = await engine.GetAsync(id);

        Assert.That(waiting.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Running));
        Assert.That(end.ReadOutputAs<int>(), Is.EqualTo(3), end.ToString());
        Assert.That(calls.Select(at => (at - begun).TotalMinutes), Is.EqualTo(new double[] { 0, 1, 3 }));
    }

    [Test]
    public async Task Policy_MaxInterval_CapsTheDelay()
    {
        var calls = new List<DateTimeOffset>();
        var clock = new ManualTimeProvider();
        var begun = clock.GetUtcNow();
        await using var engine = await FlakyAsync(
            clock, calls, failures: 3, new RetryPolicy(4, TimeSpan.FromMinutes(1), 10, maxRetryInterval: TimeSpan.FromMinutes(2)));

        await engine.StartInstanceAsync("Retrier");
        for (var minute = 0; minute < 5; minute++)
        {
            await engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        Assert.That(calls.Select(at => (at - begun).TotalMinutes), Is.EqualTo(new double[] { 0, 1, 3, 5 }));
    }

    [Test]
    public async Task Policy_AttemptsUsedUp_FailsAtOnceAfterTheLast()
    {
        var calls = new List<DateTimeOffset>();
        await using var engine = await FlakyAsync(new ManualTimeProvider(), calls, failures: 9, new RetryPolicy(2, TimeSpan.FromMinutes(1)));

        var id = await engine.StartInstanceAsync("Retrier");
        await engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        var end = await engine.GetAsync(id);

        Assert.That(end.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Failed));
        Assert.That(calls, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Policy_RetryTimeout_StopsTrying()
    {
        var calls = new List<DateTimeOffset>();
        await using var engine = await FlakyAsync(
            new ManualTimeProvider(), calls, failures: 99, new RetryPolicy(99, TimeSpan.FromMinutes(1), retryTimeout: TimeSpan.FromMinutes(3)));

        var id = await engine.StartInstanceAsync("Retrier");
        for (var minute = 0; minute < 10; minute++)
        {
            await engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        Assert.That((await engine.GetAsync(id)).RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Failed));
        Assert.That(calls, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Policy_HandleFailure_DecidesByTheFailure()
    {
        var calls = new List<DateTimeOffset>();
        var policy = new RetryPolicy(5, TimeSpan.FromMinutes(1)) { HandleFailure = failure => !failure.IsCausedBy<TimeoutException>() };
        await using var engine = await FlakyAsync(new ManualTimeProvider(), calls, failures: 9, policy);

        var end = await engine.RunAsync("Retrier");

        Assert.That(end.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Failed));
        Assert.That(calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Handler_Sync_SeesTheAttemptsAndStops()
    {
        var calls = new List<DateTimeOffset>();
        var handler = TaskOptions.FromRetryHandler(retry =>
            retry.LastFailure.IsCausedBy<TimeoutException>() && retry.LastAttemptNumber < 3);
        await using var engine = await FlakyAsync(new ManualTimeProvider(), calls, failures: 9, handler);

        var end = await engine.RunAsync("Retrier");

        Assert.That(end.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Failed));
        Assert.That(calls, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Handler_Async_MayAwaitATimer()
    {
        var calls = new List<DateTimeOffset>();
        var clock = new ManualTimeProvider();
        var begun = clock.GetUtcNow();
        var handler = TaskOptions.FromRetryHandler(async retry =>
        {
            await retry.OrchestrationContext.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return true;
        });
        await using var engine = await FlakyAsync(clock, calls, failures: 1, handler);

        var id = await engine.StartInstanceAsync("Retrier");
        await engine.AdvanceAsync(TimeSpan.FromHours(1));
        var end = await engine.GetAsync(id);

        Assert.That(end.ReadOutputAs<int>(), Is.EqualTo(2), end.ToString());
        Assert.That(calls.Select(at => (at - begun).TotalHours), Is.EqualTo(new double[] { 0, 1 }));
    }

    [Test]
    public async Task Policy_OnASubOrchestration_StartsItAgainUnderItsId()
    {
        var calls = 0;
        var options = new TaskOptions(new RetryPolicy(2, TimeSpan.FromMinutes(1))).WithInstanceId("child-1");
        await using var engine = await new TestEngine(cacheInstances)
            .Activity<string>("Flaky", _ => Interlocked.Increment(ref calls) == 1 ? throw new TimeoutException("slow") : "fine")
            .Orchestrator("Child", async context => await context.CallActivityAsync<string>("Flaky"))
            .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<string>("Child", options: options))
            .StartAsync();

        var id = await engine.StartInstanceAsync("Parent");
        await engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        var end = await engine.GetAsync(id);

        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("fine"), end.ToString());
        Assert.That((await engine.GetAsync("child-1")).RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Completed));
    }

    private Task<TestEngine> FlakyAsync(ManualTimeProvider clock, List<DateTimeOffset> calls, int failures, RetryPolicy policy) =>
        FlakyAsync(clock, calls, failures, TaskOptions.FromRetryPolicy(policy));

    private Task<TestEngine> FlakyAsync(ManualTimeProvider clock, List<DateTimeOffset> calls, int failures, TaskOptions options) =>
        new TestEngine(cacheInstances, clock)
            .Activity<string>("Flaky", _ =>
            {
                calls.Add(clock.GetUtcNow());
                return calls.Count <= failures ? throw new TimeoutException($"failure {calls.Count}") : calls.Count;
            })
            .Orchestrator("Retrier", async context => await context.CallActivityAsync<int>("Flaky", options: options))
            .StartAsync();
}
