using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Engine;

[TestFixture(true)]
[TestFixture(false)]
public sealed class ContinueAsNewTests(bool cacheInstances)
{
    [Test]
    public async Task ContinueAsNew_ManyTimes_RunsOnWithAShortHistory()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Activity<int>("Next", n => n + 1)
            .Orchestrator("Counter", async context =>
            {
                var next = await context.CallActivityAsync<int>("Next", context.GetInput<int>());
                if (next < 100)
                {
                    context.ContinueAsNew(next);
                }

                return next;
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Counter", 0);
        var end = await engine.GetAsync(id);
        var history = await engine.Engine.ExportHistoryAsync(id);

        Assert.That(end.ReadOutputAs<int>(), Is.EqualTo(100), end.ToString());
        Assert.That(end.ReadInputAs<int>(), Is.EqualTo(99));
        Assert.That(history.Split("\"event\"").Length - 1, Is.LessThan(10));
    }

    [Test]
    public async Task ContinueAsNew_EventsNotTakenYet_ReachTheNextExecutionInOrder()
    {
        await using var engine = await CollectorAsync(keepEvents: true);

        var id = await engine.StartInstanceAsync("Collector", new List<int>());
        await engine.Client.SuspendInstanceAsync(id);
        for (var i = 0; i < 6; i++)
        {
            await engine.Client.RaiseEventAsync(id, "Number", i);
        }

        await engine.Client.ResumeInstanceAsync(id);
        await engine.IdleAsync();
        var end = await engine.GetAsync(id);

        Assert.That(end.ReadOutputAs<List<int>>(), Is.EqualTo(new[] { 0, 1, 2, 3, 4, 5 }), end.ToString());
    }

    [Test]
    public async Task ContinueAsNew_EventsNotPreserved_AreDropped()
    {
        await using var engine = await CollectorAsync(keepEvents: false);

        var id = await engine.StartInstanceAsync("Collector", new List<int>());
        await engine.Client.SuspendInstanceAsync(id);
        await engine.Client.RaiseEventAsync(id, "Number", 1);
        await engine.Client.RaiseEventAsync(id, "Number", 2);
        await engine.Client.RaiseEventAsync(id, "Number", 3);
        await engine.Client.ResumeInstanceAsync(id);
        await engine.IdleAsync();
        var after = await engine.GetAsync(id);

        Assert.That(after.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Running));
        Assert.That(after.ReadInputAs<List<int>>(), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task ContinueAsNew_NewVersion_IsTheNextExecutionsVersion()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Mover", context =>
            {
                if (context.Version != "2")
                {
                    context.ContinueAsNew(new ContinueAsNewOptions { NewInput = "moved", NewVersion = "2" });
                }

                return Task.FromResult(context.Version + context.GetInput<string>());
            })
            .StartAsync();

        var end = await engine.RunAsync("Mover", "fresh", new StartOrchestrationOptions { Version = "1" });

        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("2moved"), end.ToString());
    }

    [Test]
    public async Task ContinueAsNew_TimerOfTheOldExecutionFiredMeanwhile_DoesNotFireInTheNext()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Looper", async context =>
            {
                if (context.GetInput<int>() == 1)
                {
                    await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                    return context.CurrentUtcDateTime.ToString("MM-dd");
                }

                using var cancellation = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromMinutes(1), cancellation.Token);
                await context.WaitForExternalEvent<int>("E");
                cancellation.Cancel();
                context.ContinueAsNew(1);
                return timer.Status.ToString();
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Looper", 0);
        await engine.Client.RaiseEventAsync(id, "E", 0);
        engine.Clock.Advance(TimeSpan.FromMinutes(1));
        await engine.IdleAsync();
        var between = await engine.GetAsync(id);
        await engine.AdvanceAsync(TimeSpan.FromDays(1));
        var end = await engine.GetAsync(id);

        Assert.That(between.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Running), between.ToString());
        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("01-02"), end.ToString());
    }

    private Task<TestEngine> CollectorAsync(bool keepEvents) => new TestEngine(cacheInstances)
        .Orchestrator("Collector", async context =>
        {
            var numbers = context.GetInput<List<int>>()!;
            numbers.Add(await context.WaitForExternalEvent<int>("Number"));
            numbers.Add(await context.WaitForExternalEvent<int>("Number"));
            if (numbers.Count < 6)
            {
                context.ContinueAsNew(numbers, keepEvents);
            }

            return numbers;
        })
        .StartAsync();
}
