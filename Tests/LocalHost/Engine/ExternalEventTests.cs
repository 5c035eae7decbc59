using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Engine;

[TestFixture(true)]
[TestFixture(false)]
public sealed class ExternalEventTests(bool cacheInstances)
{
    [Test]
    public async Task WaitForExternalEvent_EventRaised_GetsItsPayload()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Approval", async context => await context.WaitForExternalEvent<string>("Approve"))
            .StartAsync();

        var id = await engine.StartInstanceAsync("Approval");
        var end = await engine.RaiseAsync(id, "approve", "yes");

        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("yes"), end.ToString());
    }

    [Test]
    public async Task WaitForExternalEvent_EventsCameFirst_TakesThemInOrder()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Late", async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                var got = new List<int>();
                for (var i = 0; i < 3; i++)
                {
                    got.Add(await context.WaitForExternalEvent<int>("Number"));
                }

                return got;
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Late");
        await engine.RaiseAsync(id, "Number", 1);
        await engine.RaiseAsync(id, "NUMBER", 2);
        await engine.RaiseAsync(id, "number", 3);
        await engine.AdvanceAsync(TimeSpan.FromHours(1));
        var end = await engine.GetAsync(id);

        Assert.That(end.ReadOutputAs<List<int>>(), Is.EqualTo(new[] { 1, 2, 3 }), end.ToString());
    }

    [Test]
    public async Task WaitForExternalEvent_Timeout_Cancels()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Impatient", async context =>
            {
                try
                {
                    return await context.WaitForExternalEvent<string>("Never", TimeSpan.FromMinutes(5));
                }
                catch (TaskCanceledException)
                {
                    return "timed out";
                }
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Impatient");
        await engine.AdvanceAsync(TimeSpan.FromMinutes(5));
        var end = await engine.GetAsync(id);

        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("timed out"), end.ToString());
    }

    [Test]
    public async Task WaitForExternalEvent_EventInTime_CancelsTheTimer()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Patient", async context => await context.WaitForExternalEvent<string>("Come", TimeSpan.FromDays(365)))
            .StartAsync();

        var id = await engine.StartInstanceAsync("Patient");
        var end = await engine.RaiseAsync(id, "Come", "here");

        Assert.That(end.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Completed));
        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("here"));
    }

    [Test]
    public async Task WaitForExternalEvent_TwoWaits_TheLatestGetsTheFirstEvent()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Two", async context =>
            {
                var first = context.WaitForExternalEvent<string>("E");
                var second = context.WaitForExternalEvent<string>("E");
                await Task.WhenAll(first, second);
                return $"{await first}{await second}";
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Two");
        await engine.RaiseAsync(id, "E", "a");
        var end = await engine.RaiseAsync(id, "E", "b");

        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("ba"), end.ToString());
    }

    /// <summary>So does the Durable Task worker: code that relies on the contrary would fail in Azure.</summary>
    [Test]
    public async Task WaitForExternalEvent_CancelledWait_StillTakesTheNextEvent()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Lossy", async context =>
            {
                using var cancellation = new CancellationTokenSource();
                var given = context.WaitForExternalEvent<string>("E", cancellation.Token);
                cancellation.Cancel();
                await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
                return given.IsCanceled ? await context.WaitForExternalEvent<string>("E") : "not cancelled";
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Lossy");
        await engine.RaiseAsync(id, "E", "lost");
        await engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        var end = await engine.RaiseAsync(id, "E", "taken");

        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("taken"), end.ToString());
    }

    [Test]
    public async Task WaitForExternalEvent_SameNameOtherType_Refuses()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Mixed", async context =>
            {
                _ = context.WaitForExternalEvent<string>("E");
                return await context.WaitForExternalEvent<int>("E");
            })
            .StartAsync();

        var end = await engine.RunAsync("Mixed");

        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("already waited for as System.String"));
    }

    [Test]
    public async Task WaitForExternalEvent_PayloadOfAnotherType_FailsTheWait()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Typed", async context => await context.WaitForExternalEvent<int>("E"))
            .StartAsync();

        var id = await engine.StartInstanceAsync("Typed");
        var end = await engine.RaiseAsync(id, "E", "not a number");

        Assert.That(end.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Failed));
        Assert.That(end.FailureDetails!.IsCausedBy<System.Text.Json.JsonException>(), Is.True);
    }

    [Test]
    public async Task RaiseEventAsync_NoInstanceOrEnded_ThrowsAsOnAzureStorage()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Quick", _ => Task.FromResult(1))
            .StartAsync();
        var id = await engine.StartInstanceAsync("Quick");

        Assert.That(async () => await engine.Client.RaiseEventAsync("nobody", "E"), Throws.ArgumentException);
        Assert.That(async () => await engine.Client.RaiseEventAsync(id, "E"), Throws.InvalidOperationException);
    }

    [Test]
    public async Task RaiseEventAsync_BeforeADelayedStart_ReachesTheOrchestrator()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Delayed", async context =>
                $"{await context.WaitForExternalEvent<string>("A")}{await context.WaitForExternalEvent<string>("B")}")
            .StartAsync();

        var id = await engine.StartInstanceAsync(
            "Delayed", options: new StartOrchestrationOptions(StartAt: engine.Clock.GetUtcNow() + TimeSpan.FromHours(1)));
        var pending = await engine.RaiseAsync(id, "A", "early");
        await engine.AdvanceAsync(TimeSpan.FromHours(1));
        var end = await engine.RaiseAsync(id, "B", "late");

        Assert.That(pending.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Pending));
        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("earlylate"), end.ToString());
    }

    [Test]
    public async Task SendEvent_ToAnotherInstance_ArrivesThere()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Receiver", async context => await context.WaitForExternalEvent<string>("Note"))
            .Orchestrator("Sender", context =>
            {
                context.SendEvent("receiver-1", "note", "from " + context.InstanceId);
                context.SendEvent("nobody", "note", "dropped");
                return Task.FromResult(true);
            })
            .StartAsync();

        await engine.StartInstanceAsync("Receiver", options: new StartOrchestrationOptions("receiver-1"));
        var sender = await engine.RunAsync("Sender", options: new StartOrchestrationOptions("sender-1"));
        var receiver = await engine.GetAsync("receiver-1");

        Assert.That(sender.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Completed));
        Assert.That(receiver.ReadOutputAs<string>(), Is.EqualTo("from sender-1"));
    }
}
