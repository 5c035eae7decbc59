using Marketline.LocalHost.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Engine;

[TestFixture(true)]
[TestFixture(false)]
public sealed class SubOrchestrationTests(bool cacheInstances)
{
    [Test]
    public async Task CallSubOrchestratorAsync_FanOut_CollectsResultsAndKnowsTheParent()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Child", context => Task.FromResult($"{context.Parent!.Name}/{context.Parent.InstanceId}/{context.GetInput<int>()}"))
            .Orchestrator("Parent", async context =>
                await Task.WhenAll(Enumerable.Range(0, 5).Select(i => context.CallSubOrchestratorAsync<string>("Child", i))))
            .StartAsync();

        var end = await engine.RunAsync("Parent", options: new StartOrchestrationOptions("p"));

        Assert.That(end.ReadOutputAs<string[]>(), Is.EqualTo(Enumerable.Range(0, 5).Select(i => $"Parent/p/{i}")), end.ToString());
    }

    [Test]
    public async Task CallSubOrchestratorAsync_NoId_MakesTheSameIdsInEveryReplay()
    {
        var ids = new List<string>();
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Child", context => Task.FromResult(context.InstanceId))
            .Orchestrator("Parent", async context =>
            {
                var first = await context.CallSubOrchestratorAsync<string>("Child");
                await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
                ids.Add(first);
                return first + "," + await context.CallSubOrchestratorAsync<string>("Child");
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Parent");
        await engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        var children = (await engine.GetAsync(id)).ReadOutputAs<string>()!.Split(',');

        Assert.That(children.Distinct().Count(), Is.EqualTo(2));
        Assert.That(ids.Distinct(), Is.EqualTo(new[] { children[0] }));
        Assert.That(await engine.Client.GetInstanceAsync(children[1]), Is.Not.Null);
    }

    [Test]
    public async Task CallSubOrchestratorAsync_ChildFails_FailsWithDetails()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator<int>("Child", _ => throw new InvalidOperationException("child broke"))
            .Orchestrator("Parent", async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<int>("Child");
                }
                catch (TaskFailedException e) when (e.FailureDetails.IsCausedBy<InvalidOperationException>())
                {
                    return -1;
                }
            })
            .StartAsync();

        var end = await engine.RunAsync("Parent");

        Assert.That(end.ReadOutputAs<int>(), Is.EqualTo(-1), end.ToString());
    }

    [Test]
    public async Task CallSubOrchestratorAsync_UnknownOrchestrator_FailsClearly()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<int>("Missing"))
            .StartAsync();

        var end = await engine.RunAsync("Parent");

        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("no orchestrator named 'Missing'"));
    }

    [Test]
    public async Task CallSubOrchestratorAsync_IdOfARunningInstance_Fails()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Waiter", async context => await context.WaitForExternalEvent<int>("E"))
            .Orchestrator("Parent", async context =>
                await context.CallSubOrchestratorAsync<int>("Waiter", options: new SubOrchestrationOptions(instanceId: "w")))
            .StartAsync();

        await engine.StartInstanceAsync("Waiter", options: new StartOrchestrationOptions("w"));
        var end = await engine.RunAsync("Parent");

        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("ID w already exists"));
    }

    [Test]
    public async Task CallSubOrchestratorAsync_TaggedFireAndForget_OutlivesTheParent()
    {
        var forget = new SubOrchestrationOptions(instanceId: "child") { Tags = new Dictionary<string, string> { ["FireAndForget"] = "" } };
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Waiter", async context => await context.WaitForExternalEvent<int>("E"))
            .Orchestrator("Parent", async context =>
            {
                await context.CallSubOrchestratorAsync<int>("Waiter", options: forget);
                return "gone";
            })
            .StartAsync();

        var parent = await engine.RunAsync("Parent");
        var running = await engine.GetAsync("child");
        var ended = await engine.RaiseAsync("child", "E", 7);

        Assert.That(parent.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Completed));
        Assert.That(running.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Running));
        Assert.That(ended.ReadOutputAs<int>(), Is.EqualTo(7));
    }

    /// <summary>As in Azure: a call that nobody awaits still holds its orchestration until it is answered.</summary>
    [Test]
    public async Task CallSubOrchestratorAsync_NotAwaited_HoldsTheParent()
    {
        await using var engine = await new TestEngine(cacheInstances)
            .Orchestrator("Waiter", async context => await context.WaitForExternalEvent<int>("E"))
            .Orchestrator("Parent", context =>
            {
                _ = context.CallSubOrchestratorAsync<int>("Waiter", options: new SubOrchestrationOptions(instanceId: "child"));
                return Task.FromResult("done");
            })
            .StartAsync();

        var id = await engine.StartInstanceAsync("Parent");
        var before = await engine.GetAsync(id);
        await engine.RaiseAsync("child", "E", 1);
        var after = await engine.GetAsync(id);

        Assert.That(before.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Running));
        Assert.That(after.ReadOutputAs<string>(), Is.EqualTo("done"), after.ToString());
    }

    [Test]
    public async Task Version_DefaultOwnAndInherited_AreSeenByTheCode()
    {
        var options = new DurableEngineOptions { DefaultVersion = "2.1" };
        await using var engine = await new TestEngine(cacheInstances, options: options)
            .Orchestrator("Child", context => Task.FromResult(context.Version))
            .Orchestrator("Parent", async context =>
            {
                var byDefault = await context.CallSubOrchestratorAsync<string>("Child");
                var own = await context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions { Version = "9" });
                return $"{context.Version} {byDefault} {own} {context.CompareVersionTo("2.10")} {context.CompareVersionTo("1.9")}";
            })
            .StartAsync();

        var byDefault = await engine.RunAsync("Parent");
        var own = await engine.RunAsync("Parent", options: new StartOrchestrationOptions { Version = "1.0" });

        Assert.That(byDefault.ReadOutputAs<string>(), Is.EqualTo("2.1 2.1 9 -1 1"));
        Assert.That(own.ReadOutputAs<string>(), Is.EqualTo("1.0 2.1 9 -1 -1"));
    }
}
