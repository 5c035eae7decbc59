using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Engine;

[TestFixture(true)]
[TestFixture(false)]
public sealed class TimerTests(bool cacheInstances)
{
    [Test]
    public async Task CreateTimer_BeforeItsTime_Waits()
    {
        await using var engine = await SleeperAsync(TimeSpan.FromHours(1));

        var id = await engine.StartInstanceAsync("Sleeper");
        await engine.AdvanceAsync(TimeSpan.FromMinutes(59));
        var early = await engine.GetAsync(id);
        await engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        var late = await engine.GetAsync(id);

        Assert.That(early.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Running));
        Assert.That(late.ReadOutputAs<DateTime>(), Is.EqualTo(engine.Clock.GetUtcNow().UtcDateTime));
    }

    [TestCase(90)]
    [TestCase(3650)]
    public async Task CreateTimer_LongerThanTheSystemsTimers_FiresInOneStep(int days)
    {
        await using var engine = await SleeperAsync(TimeSpan.FromDays(days));

        var id = await engine.StartInstanceAsync("Sleeper");
        await engine.AdvanceAsync(TimeSpan.FromDays(days) - TimeSpan.FromTicks(1));
        var early = await engine.GetAsync(id);
        await engine.AdvanceAsync(TimeSpan.FromTicks(1));
        await engine.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        var late = await engine.GetAsync(id);

        Assert.That(early.IsCompleted, Is.False);
        Assert.That(late.IsCompleted, Is.True);
    }

    [Test]
    public async Task CreateTimer_InThePast_FiresAtOnce()
    {
        await using var engine = await SleeperAsync(TimeSpan.FromHours(-1));

        var end = await engine.RunAsync("Sleeper");

        Assert.That(end.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Completed));
    }

    [Test]
    public async Task CreateTimer_DailyForNinetyDays_SeesEachDay()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Daily", async context =>
            {
                var days = new List<int>();
                for (var i = 0; i < 90; i++)
                {
                    await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                    days.Add(context.CurrentUtcDateTime.DayOfYear);
                }

                return days;
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Daily");
        for (var day = 0; day < 90; day++)
        {
            await engine.AdvanceAsync(TimeSpan.FromDays(1));
        }

        Assert.That((await engine.GetAsync(id)).ReadOutputAs<List<int>>(), Is.EqualTo(Enumerable.Range(2, 90)));
    }

    [Test]
    public async Task CreateTimer_Cancelled_ThrowsAndIsForgotten()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Canceller", async context =>
            {
                using var cancellation = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(365), cancellation.Token);
                await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
                cancellation.Cancel();
                try
                {
                    await timer;
                    return "fired";
                }
                catch (TaskCanceledException)
                {
                    return "cancelled";
                }
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Canceller");
        await engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        var end = await engine.GetAsync(id);

        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("cancelled"), end.ToString());
    }

    /// <summary>As in Azure: an orchestration whose code has returned stays until its timers have fired or were cancelled.</summary>
    [Test]
    public async Task RunAsync_CodeEndsBeforeItsTimer_EndsWithTheTimer()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Hasty", context =>
            {
                _ = context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return Task.FromResult("done");
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Hasty");
        var before = await engine.GetAsync(id);
        await engine.AdvanceAsync(TimeSpan.FromHours(1));
        var after = await engine.GetAsync(id);

        Assert.That(before.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Running));
        Assert.That(after.ReadOutputAs<string>(), Is.EqualTo("done"), after.ToString());
    }

    [Test]
    public async Task CreateTimer_ManyAtOnce_FireInTheirOrder()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Many", async context =>
            {
                var fired = new List<int>();
                async Task SleepAsync(int minutes)
                {
                    await context.CreateTimer(TimeSpan.FromMinutes(minutes), CancellationToken.None);
                    fired.Add(minutes);
                }

                await Task.WhenAll(Enumerable.Range(1, 600).Reverse().Select(SleepAsync));
                return fired;
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Many");
        await engine.AdvanceAsync(TimeSpan.FromDays(1));
        var end = await engine.GetAsync(id);

        Assert.That(end.ReadOutputAs<List<int>>(), Is.EqualTo(Enumerable.Range(1, 600)));
    }

    private Task<TestEngine> SleeperAsync(TimeSpan delay) => new TestEngine(cacheInstances)
        .Orchestrator("Sleeper", async context =>
        {
            await context.CreateTimer(delay, CancellationToken.None);
            return context.CurrentUtcDateTime;
        })
        .StartAsync();
}
