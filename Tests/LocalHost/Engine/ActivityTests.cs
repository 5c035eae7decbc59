using Marketline.LocalHost.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Engine;

[TestFixture(true)]
[TestFixture(false)]
public sealed class ActivityTests(bool cacheInstances)
{
    [Test]
    public async Task CallActivityAsync_Chain_PassesResultsOn()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Activity<string>("Greet", name => $"Hello {name}")
            .Orchestrator("Greeter", async context =>
            {
                var first = await context.CallActivityAsync<string>("Greet", context.GetInput<string>());
                return await context.CallActivityAsync<string>("Greet", first);
            })
            .StartAsync();

        var end = await engine.RunAsync("Greeter", "Ada");

        Assert.That(end.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Completed));
        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("Hello Hello Ada"));
        Assert.That(end.ReadInputAs<string>(), Is.EqualTo("Ada"));
    }

    [Test]
    public async Task CallActivityAsync_FanOut_CollectsAllResults()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Activity<int>("Square", n => n * n)
            .Orchestrator("Sum", async context =>
                (await Task.WhenAll(Enumerable.Range(1, 50).Select(i => context.CallActivityAsync<int>("Square", i)))).Sum())
            .StartAsync();

        var end = await engine.RunAsync("Sum");

        Assert.That(end.ReadOutputAs<int>(), Is.EqualTo(Enumerable.Range(1, 50).Sum(i => i * i)));
    }

    [Test]
    public async Task CallActivityAsync_ActivityThrows_FailsWithDetails()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Activity<string>("Fail", _ => throw new InvalidOperationException("outer", new FormatException("inner")))
            .Orchestrator("Catcher", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Fail", "x");
                    return "no failure";
                }
                catch (TaskFailedException e)
                {
                    Assert.That(e.TaskName, Is.EqualTo("Fail"));
                    Assert.That(e.TaskId, Is.Zero);
                    Assert.That(e.FailureDetails.StackTrace, Does.Contain(nameof(ActivityTests)));
                    Assert.That(e.FailureDetails.IsCausedBy<InvalidOperationException>(), Is.True);
                    Assert.That(e.FailureDetails.IsCausedBy<SystemException>(), Is.True);
                    Assert.That(e.FailureDetails.IsCausedBy<FormatException>(), Is.False);
                    Assert.That(e.FailureDetails.InnerFailure?.IsCausedBy<FormatException>(), Is.True);
                    return e.FailureDetails.ErrorMessage;
                }
            })
            .StartAsync();

        var end = await engine.RunAsync("Catcher");

        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("outer"), end.ToString());
    }

    [Test]
    public async Task CallActivityAsync_FailureNotCaught_FailsTheInstance()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Activity<string>("Fail", _ => throw new InvalidOperationException("boom"))
            .Orchestrator("Thrower", async context => await context.CallActivityAsync<string>("Fail"))
            .StartAsync();

        var end = await engine.RunAsync("Thrower");

        Assert.That(end.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Failed));
        Assert.That(end.FailureDetails!.ErrorType, Is.EqualTo(typeof(TaskFailedException).FullName));
        Assert.That(end.FailureDetails.ErrorMessage, Is.EqualTo("Task 'Fail' (#0) failed with an unhandled exception: boom"));
        Assert.That(end.FailureDetails.InnerFailure!.IsCausedBy<InvalidOperationException>(), Is.True);
    }

    [Test]
    public async Task CallActivityAsync_ObjectGraph_IsCopiedThroughJson()
    {
        var seen = new List<Basket>();
        await using var engine = await new TestEngine(cacheInstances)
            .Activity<Basket>("Fill", basket =>
            {
                lock (seen)
                {
                    seen.Add(basket);
                }

                return basket with { Items = [.. basket.Items, "tea"] };
            })
            .Orchestrator("Shop", async context =>
            {
                var basket = new Basket("b1", ["salt"]);
                var filled = await context.CallActivityAsync<Basket>("Fill", basket);
                return $"{basket.Items.Count}->{filled.Items.Count}";
            })
            .StartAsync();

        var end = await engine.RunAsync("Shop");

        Assert.That(end.ReadOutputAs<string>(), Is.EqualTo("1->2"));
        Assert.That(seen.Single().Items, Is.EqualTo(new[] { "salt" }));
    }

    [Test]
    public async Task CallActivityAsync_UnknownActivity_FailsWithoutRetry()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Caller", async context => await context.CallActivityAsync<string>(
                "Missing", options: TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromHours(1)))))
            .StartAsync();

        var end = await engine.RunAsync("Caller");

        Assert.That(end.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Failed));
        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("no activity named 'Missing'"));
    }

    [Test]
    public async Task CallActivityAsync_OptionsGivenAsInput_Refuses()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Caller", async context =>
                await context.CallActivityAsync<string>("Any", input: new TaskOptions()))
            .StartAsync();

        var end = await engine.RunAsync("Caller");

        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("TaskOptions were given as the input"));
    }

    [Test]
    public async Task CallActivityAsync_PayloadOverOneMebibyte_FailsClearly()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Activity<int>("Big", size => new string('x', size))
            .Orchestrator("Caller", async context => (await context.CallActivityAsync<string>("Big", context.GetInput<int>())).Length)
            .StartAsync();

        var within = await engine.RunAsync("Caller", (1024 * 1024) - 2);
        var over = await engine.RunAsync("Caller", 1024 * 1024);

        Assert.That(within.ReadOutputAs<int>(), Is.EqualTo((1024 * 1024) - 2), within.ToString());
        Assert.That(over.FailureDetails!.InnerFailure!.ErrorMessage, Does.Contain("output of activity 'Big' takes 1048578 bytes"));
    }

    [Test]
    public async Task CallActivityAsync_LongInput_ArrivesWhole()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Activity<string>("Length", text => text.Length)
            .Orchestrator("Caller", async context => await context.CallActivityAsync<int>("Length", new string('é', 100_000)))
            .StartAsync();

        var end = await engine.RunAsync("Caller");

        Assert.That(end.ReadOutputAs<int>(), Is.EqualTo(100_000));
    }

    [Test]
    public async Task RunAsync_ManyActivities_StaysWithinTheConcurrencyLimit()
    {
        var running = 0;
        var most = 0;
        using var gate = new SemaphoreSlim(0);
        await using var engine = await new TestEngine(cacheInstances, options: new DurableEngineOptions { MaxConcurrentActivities = 3 })
            .Activity<int>("Slow", async (i, cancellation) =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await gate.WaitAsync(cancellation);
                Interlocked.Decrement(ref running);
                return i;
            })
            .Orchestrator("FanOut", async context =>
                (await Task.WhenAll(Enumerable.Range(0, 20).Select(i => context.CallActivityAsync<int>("Slow", i)))).Length)
            .StartAsync();

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("FanOut");
        gate.Release(20);
        await engine.IdleAsync();

        Assert.That((await engine.GetAsync(id)).ReadOutputAs<int>(), Is.EqualTo(20));
        Assert.That(most, Is.InRange(1, 3));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
            // Somebody else was quicker: look again.
        }
    }

    private sealed record Basket(string Id, IReadOnlyList<string> Items);
}
