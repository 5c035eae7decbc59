using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Engine;

public sealed class QueryTests
{
    private TestEngine _engine = null!;
    private DateTimeOffset _begun;

    [SetUp]
    public async Task StartThreeAnHourApart()
    {
        _engine = await new TestEngine()
            .Orchestrator("Waiter", async context => await context.WaitForExternalEvent<int>("E"))
            .Orchestrator("Quick", context => Task.FromResult(context.InstanceId))
            .StartAsync();
        _begun = _engine.Clock.GetUtcNow();
        await _engine.StartInstanceAsync("Quick", 0, new StartOrchestrationOptions("a-quick"));
        await _engine.AdvanceAsync(TimeSpan.FromHours(1));
        await _engine.StartInstanceAsync("Waiter", 1, new StartOrchestrationOptions("a-waiter"));
        await _engine.AdvanceAsync(TimeSpan.FromHours(1));
        await _engine.StartInstanceAsync("Waiter", 2, new StartOrchestrationOptions("b_waiter"));
    }

    [TearDown]
    public async Task StopAsync() => await _engine.DisposeAsync();

    [Test]
    public async Task GetAllInstances_NoFilter_ListsInTheOrderOfCreation()
    {
        Assert.That(await IdsAsync(null), Is.EqualTo(new[] { "a-quick", "a-waiter", "b_waiter" }));
    }

    [Test]
    public async Task GetAllInstances_Filters_MustAllHold()
    {
        Assert.That(await IdsAsync(new(Statuses: [OrchestrationRuntimeStatus.Running])), Is.EqualTo(new[] { "a-waiter", "b_waiter" }));
        Assert.That(await IdsAsync(new(InstanceIdPrefix: "a-")), Is.EqualTo(new[] { "a-quick", "a-waiter" }));
        Assert.That(await IdsAsync(new(InstanceIdPrefix: "b_")), Is.EqualTo(new[] { "b_waiter" }));
        Assert.That(await IdsAsync(new(InstanceIdPrefix: "a_")), Is.Empty);
        Assert.That(await IdsAsync(new(CreatedFrom: _begun.AddHours(1))), Is.EqualTo(new[] { "a-waiter", "b_waiter" }));
        Assert.That(await IdsAsync(new(CreatedTo: _begun.AddHours(1))), Is.EqualTo(new[] { "a-quick", "a-waiter" }));
        Assert.That(await IdsAsync(new(_begun.AddMinutes(1), _begun.AddHours(2), [OrchestrationRuntimeStatus.Running], InstanceIdPrefix: "a")), Is.EqualTo(new[] { "a-waiter" }));
        Assert.That(await IdsAsync(new(TaskHubNames: ["Elsewhere"])), Is.Empty);
        Assert.That(await IdsAsync(new(TaskHubNames: ["TestHubName"])), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task GetAllInstances_Pages_ContinueWithTheToken()
    {
        var query = new OrchestrationQuery(PageSize: 2);

        var pages = await ToListAsync(_engine.Client.GetAllInstancesAsync(query).AsPages());
        var rest = await ToListAsync(_engine.Client.GetAllInstancesAsync(query with { ContinuationToken = pages[0].ContinuationToken }));

        Assert.That(pages.Select(page => page.Values.Count), Is.EqualTo(new[] { 2, 1 }));
        Assert.That(pages[1].ContinuationToken, Is.Null);
        Assert.That(rest.Single().InstanceId, Is.EqualTo("b_waiter"));
    }

    [Test]
    public async Task GetAllInstances_InputsAndOutputs_OnlyWhenAsked()
    {
        var without = await ToListAsync(_engine.Client.GetAllInstancesAsync());
        var with = await ToListAsync(_engine.Client.GetAllInstancesAsync(new OrchestrationQuery(FetchInputsAndOutputs: true)));

        Assert.That(without[0].SerializedOutput, Is.Null);
        Assert.That(() => without[0].ReadOutputAs<string>(), Throws.InvalidOperationException);
        Assert.That(with[0].ReadOutputAs<string>(), Is.EqualTo("a-quick"));
        Assert.That(with[2].ReadInputAs<int>(), Is.EqualTo(2));
    }

    [Test]
    public async Task GetAllInstances_StrangeToken_Throws()
    {
        var query = new OrchestrationQuery(ContinuationToken: "x");

        Assert.That(async () => await ToListAsync(_engine.Client.GetAllInstancesAsync(query)), Throws.ArgumentException);
        Assert.That(await _engine.Client.GetInstanceAsync("nobody"), Is.Null);
    }

    [Test]
    public async Task Purge_RunningOrUnknown_DeletesNothing()
    {
        var running = await _engine.Client.PurgeInstanceAsync("a-waiter");
        var unknown = await _engine.Client.PurgeInstanceAsync("nobody");

        Assert.That(running.PurgedInstanceCount, Is.Zero);
        Assert.That(unknown.PurgedInstanceCount, Is.Zero);
        Assert.That(await IdsAsync(null), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Purge_ByFilter_DeletesEndedOnesOnly()
    {
        await _engine.RaiseAsync("b_waiter", "E", 1);

        var early = await _engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedTo: _begun.AddHours(1)));
        var failedOnly = await _engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Failed]));
        var rest = await _engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter());

        Assert.That(early.PurgedInstanceCount, Is.EqualTo(1));
        Assert.That(failedOnly.PurgedInstanceCount, Is.Zero);
        Assert.That((rest.PurgedInstanceCount, rest.IsComplete), Is.EqualTo((1, true)));
        Assert.That(await IdsAsync(null), Is.EqualTo(new[] { "a-waiter" }));
    }

    [TestCase(false, 1)]
    [TestCase(true, 3)]
    public async Task Purge_Parent_TakesChildrenAlongOnlyWhenAsked(bool recursive, int expected)
    {
        await using var engine = await new TestEngine()
            .Orchestrator("Grandchild", context => Task.FromResult(1))
            .Orchestrator("Child", async context => await context.CallSubOrchestratorAsync<int>("Grandchild"))
            .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<int>("Child"))
            .StartAsync();
        var id = await engine.StartInstanceAsync("Parent");

        var result = await engine.Client.PurgeInstanceAsync(id, new PurgeInstanceOptions(recursive));
        var left = await ToListAsync(engine.Client.GetAllInstancesAsync());

        Assert.That(result.PurgedInstanceCount, Is.EqualTo(expected));
        Assert.That(left, Has.Count.EqualTo(3 - expected));
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }

    private async Task<List<string>> IdsAsync(OrchestrationQuery? query) =>
        (await ToListAsync(_engine.Client.GetAllInstancesAsync(query))).ConvertAll(instance => instance.InstanceId);
}
