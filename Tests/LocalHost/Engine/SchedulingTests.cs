using Marketline.LocalHost.Engine;
using Marketline.LocalHost.Engine.Store;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Engine;

public sealed class SchedulingTests
{
    private DirectoryInfo _folder = null!;

    private string DatabasePath => Path.Combine(_folder.FullName, "engine.db");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("marketline-engine-");

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [Test]
    public async Task RunAsync_MoreWaitingInstancesThanAreKept_AllGoOn()
    {
        const int count = 1_300;
        await using var engine = await new TestEngine()
            .Orchestrator("Waiter", async context => await context.WaitForExternalEvent<int>("E"))
            .StartAsync();
        await Task.WhenAll(Enumerable.Range(0, count).Select(i =>
            engine.Client.ScheduleNewOrchestrationInstanceAsync("Waiter", null, new StartOrchestrationOptions($"w{i}"))));
        await engine.IdleAsync();

        await Task.WhenAll(Enumerable.Range(0, count).Select(i => engine.Client.RaiseEventAsync($"w{i}", "E", i)));
        await engine.IdleAsync();
        var ends = new List<OrchestrationMetadata>();
        await foreach (var end in engine.Client.GetAllInstancesAsync(new OrchestrationQuery(FetchInputsAndOutputs: true)))
        {
            ends.Add(end);
        }

        Assert.That(ends.Select(end => $"{end.InstanceId} {end.SerializedOutput}"), Is.EqualTo(Enumerable.Range(0, count).Select(i => $"w{i} {i}")));
    }

    [Test]
    public async Task RunAsync_ManyOrchestrators_StayWithinTheConcurrencyLimit()
    {
        var running = 0;
        var most = 0;
        using var gate = new SemaphoreSlim(0);
        await using var engine = await new TestEngine(options: new DurableEngineOptions { MaxConcurrentOrchestrators = 2 })
            .Orchestrator("Busy", context =>
            {
                var now = Interlocked.Increment(ref running);
                most = Math.Max(most, now);
                gate.Wait();
                Interlocked.Decrement(ref running);
                return Task.FromResult(now);
            })
            .StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => engine.Client.ScheduleNewOrchestrationInstanceAsync("Busy")));
        gate.Release(6);
        await engine.IdleAsync();

        Assert.That(most, Is.InRange(1, 2));
    }

    [Test]
    public async Task RunAsync_StoreRefusesATurn_StoresItLater()
    {
        using var inTurn = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        await using var engine = await new TestEngine(options: new DurableEngineOptions { DatabasePath = DatabasePath })
            .Orchestrator("Writer", async context =>
            {
                var number = await context.WaitForExternalEvent<int>("E");
                inTurn.Release();
                goOn.Wait();
                return number;
            })
            .StartAsync();
        await engine.StartInstanceAsync("Writer", options: new StartOrchestrationOptions("w"));

        await engine.Client.RaiseEventAsync("w", "E", 42);
        await inTurn.WaitAsync();
        using (LockDatabase())
        {
            goOn.Release(2);
            await engine.IdleAsync();
        }

        await engine.AdvanceAsync(TimeSpan.FromSeconds(1));
        var end = await engine.Client.WaitForInstanceCompletionAsync("w", getInputsAndOutputs: true);

        Assert.That(end.ReadOutputAs<int>(), Is.EqualTo(42), end.ToString());
        Assert.That(engine.Logs, Has.Some.Contains("The store failed"));
    }

    [Test]
    public async Task RunAsync_StoreRefusesAResult_StoresItLaterWithoutRunningAgain()
    {
        var runs = 0;
        var release = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        await using var engine = await new TestEngine(options: new DurableEngineOptions { DatabasePath = DatabasePath })
            .Activity<string>("Step", async (_, _) =>
            {
                entered.SetResult();
                await release.Task;
                return Interlocked.Increment(ref runs);
            })
            .Orchestrator("Caller", async context => await context.CallActivityAsync<int>("Step"))
            .StartAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Caller");

        await entered.Task;
        using (LockDatabase())
        {
            release.SetResult();
            await engine.IdleAsync();
        }

        await engine.AdvanceAsync(TimeSpan.FromSeconds(1));
        var end = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.That(end.ReadOutputAs<int>(), Is.EqualTo(1), end.ToString());
        Assert.That(runs, Is.EqualTo(1));
    }

    [Test]
    public async Task Schedule_StoreRefuses_TellsTheCaller()
    {
        await using var engine = await new TestEngine(options: new DurableEngineOptions { DatabasePath = DatabasePath })
            .Orchestrator("Any", _ => Task.FromResult(1))
            .StartAsync();

        using (LockDatabase())
        {
            Assert.That(async () => await engine.Client.ScheduleNewOrchestrationInstanceAsync("Any"), Throws.InstanceOf<IOException>());
        }

        var end = await engine.RunAsync("Any");

        Assert.That(end.ReadOutputAs<int>(), Is.EqualTo(1));
    }

    private SqliteConnection LockDatabase()
    {
        var connection = new SqliteConnection(DatabasePath);
        connection.ExecuteScript("BEGIN IMMEDIATE");
        return connection;
    }
}
