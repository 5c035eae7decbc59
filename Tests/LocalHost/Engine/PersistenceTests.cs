using Marketline.LocalHost.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Engine;

[TestFixture(true)]
[TestFixture(false)]
public sealed class PersistenceTests(bool cacheInstances)
{
    private readonly ManualTimeProvider _clock = new();
    private DirectoryInfo _folder = null!;

    private string DatabasePath => Path.Combine(_folder.FullName, "data", "engine.db");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("marketline-engine-");

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [Test]
    public async Task Start_AfterAStop_GoesOnWithEveryKindOfWait()
    {
        await using (var first = await StartAsync())
        {
            await first.StartInstanceAsync("Timer", options: new StartOrchestrationOptions("timer"));
            await first.StartInstanceAsync("Event", options: new StartOrchestrationOptions("event"));
            await first.StartInstanceAsync("Parent", options: new StartOrchestrationOptions("parent"));
            await first.StartInstanceAsync("Event", options: new StartOrchestrationOptions("delayed", _clock.GetUtcNow().AddDays(1)));
            await first.StartInstanceAsync("Event", options: new StartOrchestrationOptions("suspended"));
            await first.Client.SuspendInstanceAsync("suspended");
            await first.RaiseAsync("suspended", "E", 4);
            await first.IdleAsync();
        }

        await using var second = await StartAsync();
        await second.RaiseAsync("event", "E", 1);
        await second.RaiseAsync("child", "E", 2);
        await second.AdvanceAsync(TimeSpan.FromDays(1));
        await second.RaiseAsync("delayed", "E", 3);
        await second.Client.ResumeInstanceAsync("suspended");
        await second.IdleAsync();

        Assert.That((await second.GetAsync("timer")).ReadOutputAs<string>(), Is.EqualTo("fired"));
        Assert.That((await second.GetAsync("event")).ReadOutputAs<int>(), Is.EqualTo(1));
        Assert.That((await second.GetAsync("parent")).ReadOutputAs<int>(), Is.EqualTo(2));
        Assert.That((await second.GetAsync("delayed")).ReadOutputAs<int>(), Is.EqualTo(3));
        Assert.That((await second.GetAsync("suspended")).ReadOutputAs<int>(), Is.EqualTo(4));
    }

    [Test]
    public async Task Start_AfterAStopThatCancelledAnActivity_RunsItAgain()
    {
        var runs = 0;
        var entered = new TaskCompletionSource();
        TestEngine Engine() => Register(new TestEngine(cacheInstances, _clock, new DurableEngineOptions { DatabasePath = DatabasePath }))
            .Activity<string>("Long", async (_, cancellation) =>
            {
                if (Interlocked.Increment(ref runs) == 1)
                {
                    entered.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                }

                return "result";
            })
            .Orchestrator("Caller", async context => await context.CallActivityAsync<string>("Long", "input"));

        await using (var first = await Engine().StartAsync())
        {
            await first.Client.ScheduleNewOrchestrationInstanceAsync("Caller", null, new StartOrchestrationOptions("caller"));
            await entered.Task;
        }

        await using var second = await Engine().StartAsync();
        var end = await second.GetAsync("caller");

        Assert.That(runs, Is.EqualTo(2));
        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("result"), end.ToString());
    }

    [Test]
    public async Task Start_ActivitiesWaitedInTheQueue_RunsThemAllOnce()
    {
        var runs = new List<int>();
        var entered = new TaskCompletionSource();
        var isFirst = true;
        TestEngine Engine() => new TestEngine(
                cacheInstances, _clock, new DurableEngineOptions { DatabasePath = DatabasePath, MaxConcurrentActivities = 1 })
            .Activity<int>("Step", async (i, cancellation) =>
            {
                if (isFirst && i == 3)
                {
                    entered.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                }

                runs.Add(i);
                return i;
            })
            .Orchestrator("FanOut", async context =>
                await Task.WhenAll(Enumerable.Range(0, 10).Select(i => context.CallActivityAsync<int>("Step", i))));

        await using (var first = await Engine().StartAsync())
        {
            await first.Client.ScheduleNewOrchestrationInstanceAsync("FanOut", null, new StartOrchestrationOptions("f"));
            await entered.Task;
        }

        isFirst = false;
        await using var second = await Engine().StartAsync();

        Assert.That((await second.GetAsync("f")).ReadOutputAs<int[]>(), Is.EqualTo(Enumerable.Range(0, 10)));
        Assert.That(runs, Is.EqualTo(Enumerable.Range(0, 10)));
    }

    [Test]
    public async Task Start_FinishedInstances_KeepTheirOutcomes()
    {
        await using (var first = await StartAsync())
        {
            await first.StartInstanceAsync("Broken", "in", new StartOrchestrationOptions("b") { Tags = new Dictionary<string, string> { ["t"] = "v" } });
        }

        await using var second = await StartAsync();
        var found = await second.GetAsync("b");

        Assert.That(found.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Failed));
        Assert.That(found.FailureDetails!.InnerFailure!.ErrorMessage, Is.EqualTo("inner"));
        Assert.That(found.Tags["t"], Is.EqualTo("v"));
        Assert.That(found.ReadInputAs<string>(), Is.EqualTo("in"));
    }

    [Test]
    public async Task Start_DatabaseInUse_FailsClearly()
    {
        await using var first = await StartAsync();
        await using var second = new TestEngine(cacheInstances, _clock, new DurableEngineOptions { DatabasePath = DatabasePath });

        Func<Task> start = () => second.Engine.StartAsync(CancellationToken.None);

        Assert.That(start, Throws.InvalidOperationException.With.Message.Contains("in use by another process"));
    }

    [Test]
    public async Task Start_FileIsNoDatabase_Fails()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(DatabasePath)!);
        await File.WriteAllTextAsync(DatabasePath, "this is no database, however long it may be");
        await using var engine = new TestEngine(cacheInstances, _clock, new DurableEngineOptions { DatabasePath = DatabasePath });

        Func<Task> start = () => engine.Engine.StartAsync(CancellationToken.None);

        Assert.That(start, Throws.InstanceOf<IOException>().With.Message.Contains("not a database"));
    }

    [Test]
    public async Task StopAsync_ActivityThatIgnoresItsToken_StopsWhenTheTokenSays()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var engine = await new TestEngine(cacheInstances, _clock, new DurableEngineOptions { DatabasePath = DatabasePath })
            .Activity<string>("Stubborn", async (_, _) =>
            {
                entered.SetResult();
                await release.Task;
                return 1;
            })
            .Orchestrator("Caller", async context => await context.CallActivityAsync<int>("Stubborn"))
            .StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Caller");
        await entered.Task;

        await engine.Engine.StopAsync(new CancellationToken(canceled: true));
        release.SetResult();

        Assert.That(async () => await engine.Client.GetInstanceAsync("x"), Throws.InstanceOf<ObjectDisposedException>());
        await engine.DisposeAsync();
    }

    private static TestEngine Register(TestEngine engine) => engine
        .Orchestrator("Timer", async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return "fired";
        })
        .Orchestrator("Event", async context => await context.WaitForExternalEvent<int>("E"))
        .Orchestrator("Parent", async context =>
            await context.CallSubOrchestratorAsync<int>("Event", options: new SubOrchestrationOptions(instanceId: "child")))
        .Orchestrator<int>("Broken", _ => throw new InvalidOperationException("outer", new FormatException("inner")));

    private Task<TestEngine> StartAsync() =>
        Register(new TestEngine(cacheInstances, _clock, new DurableEngineOptions { DatabasePath = DatabasePath })).StartAsync();
}
