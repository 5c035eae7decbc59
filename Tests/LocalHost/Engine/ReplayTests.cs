using Marketline.LocalHost.Engine;

namespace Marketline.Tests.LocalHost.Engine;

public sealed class ReplayTests
{
    [Test]
    public async Task ReplayAsync_HistoryOfTheSameCode_Fits()
    {
        await using var engine = await EverythingAsync(0);
        var id = await engine.StartInstanceAsync("Everything", 3);
        await engine.RaiseAsync(id, "Go", "now");
        await engine.AdvanceAsync(TimeSpan.FromHours(1));

        var history = await engine.Engine.ExportHistoryAsync(id);

        Assert.That((await engine.GetAsync(id)).IsCompleted, Is.True);
        Assert.That(history, Does.Contain("\"SubOrchestrationInstanceCompleted\"").And.Contain("\"TimerFired\"").And.Contain("\"EventSent\""));
        Assert.That(async () => await engine.Engine.ReplayAsync("Everything", history), Throws.Nothing);
    }

    [Test]
    public async Task ReplayAsync_UnfinishedHistory_Fits()
    {
        await using var engine = await EverythingAsync(0);
        var id = await engine.StartInstanceAsync("Everything", 3);

        var history = await engine.Engine.ExportHistoryAsync(id);

        Assert.That(async () => await engine.Engine.ReplayAsync("Everything", history), Throws.Nothing);
    }

    [TestCase(1, "expects sub-orchestration 'Child', but the code made activity 'Square'")]
    [TestCase(2, "expects the status Completed")]
    [TestCase(3, "but the code made no call")]
    public async Task ReplayAsync_ChangedCode_Throws(int change, string expected)
    {
        await using var before = await EverythingAsync(0);
        var id = await before.StartInstanceAsync("Everything", 3);
        await before.RaiseAsync(id, "Go", "now");
        await before.AdvanceAsync(TimeSpan.FromHours(1));
        var history = await before.Engine.ExportHistoryAsync(id);
        await using var after = await EverythingAsync(change);

        Func<Task> replay = async () => await after.Engine.ReplayAsync("Everything", history);

        Assert.That(replay, Throws.InstanceOf<NonDeterminismException>().With.Message.Contains(expected));
    }

    [Test]
    public async Task ReplayAsync_NoHistory_Throws()
    {
        await using var engine = await EverythingAsync(0);

        Assert.That(async () => await engine.Engine.ReplayAsync("Everything", "[]"), Throws.ArgumentException);
        Assert.That(async () => await engine.Engine.ExportHistoryAsync("nobody"), Throws.ArgumentException);
    }

    [Test]
    public async Task NewGuidAndTime_InEveryReplay_AreTheSame()
    {
        var seen = new List<string>();
        await using var engine = await new TestEngine(cacheInstances: false)
            .Orchestrator("Ids", async context =>
            {
                var first = $"{context.NewGuid()} {context.NewGuid()} {context.CurrentUtcDateTime:O}";
                seen.Add(first);
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return first;
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Ids");
        await engine.AdvanceAsync(TimeSpan.FromDays(1));
        var end = await engine.GetAsync(id);

        Assert.That(seen, Has.Count.EqualTo(2));
        Assert.That(seen.Distinct(), Is.EqualTo(new[] { end.ReadOutputAs<string>() }));
        Assert.That(seen[0].Split(' ').Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task CreateReplaySafeLogger_ManyReplays_LogsOnce()
    {
        await using var engine = await new TestEngine(cacheInstances: false)
            .Orchestrator("Logger", async context =>
            {
                var logger = context.CreateReplaySafeLogger("Test");
                LogStep(logger, "first");
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                LogStep(logger, "second");
                return context.IsReplaying;
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Logger");
        await engine.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.That((await engine.GetAsync(id)).ReadOutputAs<bool>(), Is.False);
        Assert.That(engine.Logs.Where(message => message.StartsWith("step", StringComparison.Ordinal)), Is.EqualTo(new[] { "step first", "step second" }));
    }

    private static void LogStep(Microsoft.Extensions.Logging.ILogger logger, string step) =>
        Microsoft.Extensions.Logging.LoggerExtensions.LogInformation(logger, "step {Step}", step);

    private static Task<TestEngine> EverythingAsync(int change) => new TestEngine(cacheInstances: false)
        .Activity<int>("Square", n => n * n)
        .Orchestrator("Child", context => Task.FromResult(context.GetInput<int>() + 1))
        .Orchestrator("Everything", async context =>
        {
            var squares = await Task.WhenAll(
                Enumerable.Range(0, context.GetInput<int>()).Select(i => context.CallActivityAsync<int>("Square", i)));
            if (change == 3)
            {
                return "short";
            }

            var word = await context.WaitForExternalEvent<string>("Go");
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            var child = change == 1
                ? await context.CallActivityAsync<int>("Square", 1)
                : await context.CallSubOrchestratorAsync<int>("Child", squares.Sum());
            context.SendEvent("nobody", "Note", context.NewGuid());
            return $"{word} {child} {context.NewGuid()}{(change == 2 ? "!" : "")}";
        })
        .StartAsync();
}
