using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Engine;

[TestFixture(true)]
[TestFixture(false)]
public sealed class LifecycleTests(bool cacheInstances)
{
    [Test]
    public async Task Suspend_EventsAndResults_WaitForTheResume()
    {
        await using var engine = await WaiterAsync();

        var id = await engine.StartInstanceAsync("Waiter");
        await engine.Client.SuspendInstanceAsync(id, "pause");
        await engine.IdleAsync();
        var suspended = await engine.RaiseAsync(id, "E", 1);
        await engine.Client.ResumeInstanceAsync(id, "go on");
        await engine.IdleAsync();
        var resumed = await engine.GetAsync(id);

        Assert.That(suspended.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Suspended));
        Assert.That(resumed.ReadOutputAs<int>(), Is.EqualTo(1), resumed.ToString());
    }

    [Test]
    public async Task Suspend_TimerFires_WaitsForTheResume()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Sleeper", async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return "awake";
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Sleeper");
        await engine.Client.SuspendInstanceAsync(id);
        await engine.AdvanceAsync(TimeSpan.FromHours(2));
        var suspended = await engine.GetAsync(id);
        await engine.Client.ResumeInstanceAsync(id);
        await engine.IdleAsync();

        Assert.That(suspended.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Suspended));
        Assert.That((await engine.GetAsync(id)).ReadOutputAs<string>(), Is.EqualTo("awake"));
    }

    [Test]
    public async Task Terminate_Running_EndsWithTheOutput()
    {
        await using var engine = await WaiterAsync();

        var id = await engine.StartInstanceAsync("Waiter");
        await engine.Client.TerminateInstanceAsync(id, output: "stopped by hand");
        await engine.IdleAsync();
        var end = await engine.GetAsync(id);

        Assert.That(end.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Terminated));
        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("stopped by hand"));
        Assert.That(end.IsCompleted, Is.True);
    }

    [Test]
    public async Task Terminate_Suspended_Ends()
    {
        await using var engine = await WaiterAsync();

        var id = await engine.StartInstanceAsync("Waiter");
        await engine.Client.SuspendInstanceAsync(id);
        await engine.Client.TerminateInstanceAsync(id);
        await engine.IdleAsync();

        Assert.That((await engine.GetAsync(id)).RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Terminated));
    }

    [Test]
    public async Task Terminate_BeforeADelayedStart_EndsWithoutRunning()
    {
        await using var engine = await WaiterAsync();

        var id = await engine.StartInstanceAsync(
            "Waiter", options: new StartOrchestrationOptions(StartAt: engine.Clock.GetUtcNow().AddDays(1)));
        await engine.Client.TerminateInstanceAsync(id);
        await engine.IdleAsync();
        await engine.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.That((await engine.GetAsync(id)).RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Terminated));
    }

    [TestCase(false, OrchestrationRuntimeStatus.Running)]
    [TestCase(true, OrchestrationRuntimeStatus.Terminated)]
    public async Task Terminate_Parent_TakesChildrenAlongOnlyWhenAsked(bool recursive, OrchestrationRuntimeStatus expected)
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Grandchild", async context => await context.WaitForExternalEvent<int>("E"))
            .Orchestrator("Child", async context =>
                await context.CallSubOrchestratorAsync<int>("Grandchild", options: new SubOrchestrationOptions(instanceId: "grandchild")))
            .Orchestrator("Parent", async context =>
                await context.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions(instanceId: "child")))
            .StartAsync();

        var id = await engine.StartInstanceAsync("Parent");
        await engine.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions(Recursive: recursive));
        await engine.IdleAsync();

        Assert.That((await engine.GetAsync(id)).RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Terminated));
        Assert.That((await engine.GetAsync("child")).RuntimeStatus, Is.EqualTo(expected));
        Assert.That((await engine.GetAsync("grandchild")).RuntimeStatus, Is.EqualTo(expected));
    }

    [Test]
    public async Task Terminate_Child_FailsTheParentsCall()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Child", async context => await context.WaitForExternalEvent<int>("E"))
            .Orchestrator("Parent", async context =>
                await context.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions(instanceId: "child")))
            .StartAsync();

        var id = await engine.StartInstanceAsync("Parent");
        await engine.Client.TerminateInstanceAsync("child");
        await engine.IdleAsync();
        var end = await engine.GetAsync(id);

        Assert.That(end.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Failed));
        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("was terminated"));
    }

    [Test]
    public async Task Terminate_ActivityRuns_LetsItEndAndDropsItsResult()
    {
        var release = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        await using var engine = await new TestEngine(cacheInstances)
            .Activity<string>("Slow", async (_, _) =>
            {
                entered.SetResult();
                await release.Task;
                return "late";
            })
            .Orchestrator("Caller", async context => await context.CallActivityAsync<string>("Slow"))
            .StartAsync();

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Caller");
        await entered.Task;
        await engine.Client.TerminateInstanceAsync(id);
        var terminated = await engine.Client.WaitForInstanceCompletionAsync(id);
        release.SetResult();
        await engine.IdleAsync();

        Assert.That(terminated.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Terminated));
        Assert.That((await engine.GetAsync(id)).SerializedOutput, Is.Null);
    }

    [Test]
    public async Task SetCustomStatus_WhileRunning_IsVisibleAndMayBeCleared()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Teller", async context =>
            {
                context.SetCustomStatus(new { Step = 1 });
                await context.WaitForExternalEvent<int>("E");
                context.SetCustomStatus(null);
                await context.WaitForExternalEvent<int>("E");
                return 0;
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Teller");
        var first = await engine.GetAsync(id);
        var second = await engine.RaiseAsync(id, "E", 1);

        Assert.That(first.SerializedCustomStatus, Is.EqualTo("""{"Step":1}"""));
        Assert.That(second.SerializedCustomStatus, Is.Null);
    }

    [Test]
    public async Task SetCustomStatus_OverSixteenKilobytes_Refuses()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Teller", context =>
            {
                context.SetCustomStatus(new string('x', 9000));
                return Task.FromResult(0);
            })
            .StartAsync();

        var end = await engine.RunAsync("Teller");

        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("16 KB"));
    }

    private Task<TestEngine> WaiterAsync() => new TestEngine(cacheInstances)
        .Orchestrator("Waiter", async context => await context.WaitForExternalEvent<int>("E"))
        .StartAsync();
}
