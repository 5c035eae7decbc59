using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Engine;

public sealed class StartTests
{
    private static readonly OrchestrationRuntimeStatus[] AllStatuses = [.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses];

    [Test]
    public async Task Schedule_NoId_MakesOneAndStoresWhatWasGiven()
    {
        await using var engine = await WaiterAsync();

        var id = await engine.StartInstanceAsync("Waiter", new { A = 1 }, new StartOrchestrationOptions { Tags = Tags("team", "prices") });
        var found = await engine.GetAsync(id);

        Assert.That(Guid.TryParse(id, out _), Is.True);
        Assert.That(found.Name, Is.EqualTo("Waiter"));
        Assert.That(found.SerializedInput, Is.EqualTo("""{"A":1}"""));
        Assert.That(found.Tags["team"], Is.EqualTo("prices"));
        Assert.That(found.CreatedAt, Is.EqualTo(engine.Clock.GetUtcNow()));
        Assert.That(found.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Running));
    }

    [Test]
    public async Task Schedule_StartAt_StaysPendingUntilThen()
    {
        await using var engine = await WaiterAsync();

        var id = await engine.StartInstanceAsync("Waiter", options: new StartOrchestrationOptions(StartAt: engine.Clock.GetUtcNow().AddDays(60)));
        await engine.AdvanceAsync(TimeSpan.FromDays(59));
        var before = await engine.GetAsync(id);
        await engine.AdvanceAsync(TimeSpan.FromDays(1));
        var after = await engine.GetAsync(id);

        Assert.That(before.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Pending));
        Assert.That(after.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Running));
    }

    [Test]
    public async Task Schedule_RunningInstanceOfTheSameId_Throws()
    {
        await using var engine = await WaiterAsync();
        var options = new StartOrchestrationOptions("twice");
        await engine.StartInstanceAsync("Waiter", options: options);

        Func<Task> again = async () => await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waiter", null, options);

        Assert.That(again, Throws.InstanceOf<OrchestrationAlreadyExistsException>().With.Message.Contains("twice"));
    }

    [Test]
    public async Task Schedule_FinishedInstanceOfTheSameId_ReplacesIt()
    {
        await using var engine = await WaiterAsync();
        var options = new StartOrchestrationOptions("again");
        await engine.StartInstanceAsync("Waiter", "first", options);
        await engine.RaiseAsync("again", "E", 1);

        var second = await engine.RunAsync("Waiter", "second", options);

        Assert.That(second.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Running));
        Assert.That(second.ReadInputAs<string>(), Is.EqualTo("second"));
        Assert.That(second.SerializedOutput, Is.Null);
    }

    [Test]
    public async Task Schedule_AllDedupeStatuses_NeverReplaces()
    {
        await using var engine = await WaiterAsync();
        var options = new StartOrchestrationOptions("once").WithDedupeStatuses(AllStatuses);
        await engine.StartInstanceAsync("Waiter", "first", options);
        await engine.RaiseAsync("once", "E", 1);

        Func<Task> again = async () => await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waiter", "second", options);

        Assert.That(again, Throws.InstanceOf<OrchestrationAlreadyExistsException>());
        Assert.That((await engine.GetAsync("once")).ReadInputAs<string>(), Is.EqualTo("first"));
    }

    [Test]
    public async Task Schedule_RunningIsNoDedupeStatus_ReplacesTheRunningInstance()
    {
        await using var engine = await WaiterAsync();
        await engine.StartInstanceAsync("Waiter", "first", new StartOrchestrationOptions("r"));

        await engine.StartInstanceAsync(
            "Waiter", "second", new StartOrchestrationOptions("r").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed));
        var end = await engine.RaiseAsync("r", "E", 5);

        Assert.That(end.ReadInputAs<string>(), Is.EqualTo("second"));
        Assert.That(end.ReadOutputAs<int>(), Is.EqualTo(5), end.ToString());
    }

    [Test]
    public async Task Schedule_ManyAtOnceWithOneId_OneWins()
    {
        await using var engine = await WaiterAsync();
        var options = new StartOrchestrationOptions("race").WithDedupeStatuses(AllStatuses);

        var starts = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            try
            {
                await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waiter", i, options);
                return true;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return false;
            }
        }));

        Assert.That(starts.Count(won => won), Is.EqualTo(1));
    }

    [TestCase("")]
    [TestCase("@entity")]
    [TestCase("a/b")]
    [TestCase("a#b")]
    [TestCase("a\nb")]
    public async Task Schedule_IdThatAzureRefuses_Throws(string id)
    {
        await using var engine = await WaiterAsync();

        Func<Task> start = async () =>
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waiter", null, new StartOrchestrationOptions(id));

        Assert.That(start, Throws.ArgumentException);
    }

    [Test]
    public async Task Schedule_UnknownOrchestrator_FailsTheInstanceClearly()
    {
        await using var engine = await WaiterAsync();

        var end = await engine.RunAsync("Missing");

        Assert.That(end.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Failed));
        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("no orchestrator named 'Missing'"));
    }

    [Test]
    public async Task WaitForInstance_StartAndEnd_ReturnAsSoonAsTheyHappen()
    {
        await using var engine = await WaiterAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Waiter", null, new StartOrchestrationOptions("w", engine.Clock.GetUtcNow().AddHours(1)));

        var started = engine.Client.WaitForInstanceStartAsync(id);
        var ended = engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        var tooEarly = started.IsCompleted;
        await engine.AdvanceAsync(TimeSpan.FromHours(1));
        var start = await started;
        await engine.RaiseAsync(id, "E", 3);
        var end = await ended;

        Assert.That(tooEarly, Is.False);
        Assert.That(start.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Running));
        Assert.That(end.ReadOutputAs<int>(), Is.EqualTo(3));
    }

    [Test]
    public async Task WaitForInstanceCompletionAsync_Cancelled_Throws()
    {
        await using var engine = await WaiterAsync();
        using var cancellation = new CancellationTokenSource();
        var id = await engine.StartInstanceAsync("Waiter");

        var waiting = engine.Client.WaitForInstanceCompletionAsync(id, cancellation.Token);
        await cancellation.CancelAsync();

        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Restart_NewIdOrSame_RunsAgainWithTheInput()
    {
        await using var engine = await WaiterAsync();
        await engine.StartInstanceAsync("Waiter", "input", new StartOrchestrationOptions("r"));
        Func<Task> whileRunning = async () => await engine.Client.RestartAsync("r");
        Assert.That(whileRunning, Throws.InvalidOperationException);

        var newId = await engine.Client.RestartAsync("r", restartWithNewInstanceId: true);
        await engine.RaiseAsync("r", "E", 1);
        var sameId = await engine.Client.RestartAsync("r");
        await engine.IdleAsync();

        Assert.That(newId, Is.Not.EqualTo("r"));
        Assert.That((await engine.GetAsync(newId)).ReadInputAs<string>(), Is.EqualTo("input"));
        Assert.That(sameId, Is.EqualTo("r"));
        Assert.That((await engine.GetAsync("r")).RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Running));
        Assert.That(async () => await engine.Client.RestartAsync("nobody"), Throws.ArgumentException);
    }

    private static Dictionary<string, string> Tags(string name, string value) => new() { [name] = value };

    private static Task<TestEngine> WaiterAsync() => new TestEngine()
        .Orchestrator("Waiter", async context => await context.WaitForExternalEvent<int>("E"))
        .StartAsync();
}
