using System.Runtime.CompilerServices;
using Marketline.LocalHost.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.LocalHost.Engine;

public sealed class NonDeterminismTests
{
    [Test]
    public async Task Replay_OtherActivityThanInTheHistory_FailsNamingBoth()
    {
        var end = await RunChangedAsync(
            async context => await context.CallActivityAsync<int>("Before"),
            async context => await context.CallActivityAsync<int>("After"));

        Assert.That(end.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Failed));
        Assert.That(end.FailureDetails!.ErrorType, Is.EqualTo(typeof(NonDeterminismException).FullName));
        Assert.That(end.FailureDetails.ErrorMessage, Does.Contain(
            "at event TaskScheduled (task #0) the history expects activity 'Before', but the code made activity 'After'"));
    }

    [Test]
    public async Task Replay_TimerInsteadOfActivity_FailsNamingBoth()
    {
        var end = await RunChangedAsync(
            async context => await context.CallActivityAsync<int>("Before"),
            async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return 1;
            });

        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("expects activity 'Before', but the code made a durable timer"));
    }

    [Test]
    public async Task Replay_CallRemoved_FailsNamingIt()
    {
        var end = await RunChangedAsync(
            async context => await context.CallActivityAsync<int>("Before"),
            _ => Task.FromResult(1));

        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("expects activity 'Before', but the code made no call"));
    }

    [Test]
    public async Task Replay_CallAdded_FailsNamingIt()
    {
        var end = await RunChangedAsync(
            async context => await context.CallActivityAsync<int>("Before"),
            async context =>
            {
                var added = context.CallActivityAsync<int>("Added");
                return await context.CallActivityAsync<int>("Before") + await added;
            });

        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("expects activity 'Before', but the code made activity 'Added'"));
    }

    [Test]
    public async Task Replay_CallAddedBehindTheOthers_FailsNamingIt()
    {
        var end = await RunChangedAsync(
            async context => await context.CallActivityAsync<int>("Before"),
            async context =>
            {
                var result = context.CallActivityAsync<int>("Before");
                var added = context.CallActivityAsync<int>("Added");
                return await result + await added;
            });

        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("the history expects no call, but the code made activity 'Added'"));
    }

    [Test]
    public async Task Replay_OtherSubOrchestration_FailsNamingBoth()
    {
        var end = await RunChangedAsync(
            async context => await context.CallSubOrchestratorAsync<int>("One"),
            async context => await context.CallSubOrchestratorAsync<int>("Two"));

        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain(
            "at event SubOrchestrationInstanceCreated (task #0) the history expects sub-orchestration 'One', but the code made sub-orchestration 'Two'"));
    }

    [Test]
    public async Task RunAsync_RandomBranch_IsFoundWhereNothingIsCached()
    {
        var turn = 0;
        await using var engine = await new TestEngine(cacheInstances: false)
            .Activity<string>("A", _ => 1)
            .Activity<string>("B", _ => 1)
            .Orchestrator("Random", async context =>
                await context.CallActivityAsync<int>(Interlocked.Increment(ref turn) == 1 ? "A" : "B"))
            .StartAsync();

        var end = await engine.RunAsync("Random");

        Assert.That(end.FailureDetails?.ErrorType, Is.EqualTo(typeof(NonDeterminismException).FullName));
    }

    [Test]
    public async Task RunAsync_AwaitsATaskOfItsOwn_Fails()
    {
        var never = new TaskCompletionSource<int>();

        var end = await RunStrayAsync(async _ => await never.Task);

        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("awaited something that is not a durable task"));
    }

    [Test]
    public async Task RunAsync_AwaitsTaskRunBesideDurableTasks_Fails()
    {
        var end = await RunStrayAsync(async context =>
        {
            var timer = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            var number = await new TaskOfThePool();
            await timer;
            return number;
        });

        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("awaited something that is not a durable task"));
    }

    [Test]
    public async Task RunAsync_ConfigureAwaitFalse_Fails()
    {
        var end = await RunStrayAsync(async context =>
        {
            await context.CallActivityAsync<int>("One").ConfigureAwait(false);
            return await context.CallActivityAsync<int>("One");
        });

        Assert.That(end.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Failed));
        Assert.That(end.FailureDetails!.ErrorMessage, Does.Contain("ConfigureAwait(false)"));
    }

    [Test]
    public async Task RunAsync_TaskYieldAndWhenAny_AreFine()
    {
        await using var engine = await new TestEngine()
            .Activity<int>("One", _ => 1)
            .Orchestrator("Fine", async context =>
            {
                await Task.Yield();
                var first = context.CallActivityAsync<int>("One");
                var second = context.CallActivityAsync<int>("One");
                var winner = await Task.WhenAny(first, second);
                await Task.WhenAll(first, second);
                return await winner;
            })
            .StartAsync();

        var end = await engine.RunAsync("Fine");

        Assert.That(end.ReadOutputAs<int>(), Is.EqualTo(1), end.ToString());
    }

    private static async Task<OrchestrationMetadata> RunStrayAsync(Func<TaskOrchestrationContext, Task<int>> code)
    {
        await using var engine = await new TestEngine()
            .Activity<string>("One", _ => 1)
            .Orchestrator("Stray", code)
            .StartAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Stray");
        return await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
    }

    /// <summary>Runs the first code up to its first call, then the second one over the first one's history.</summary>
    private static async Task<OrchestrationMetadata> RunChangedAsync(
        Func<TaskOrchestrationContext, Task<int>> before, Func<TaskOrchestrationContext, Task<int>> after)
    {
        var code = before;
        await using var engine = await new TestEngine(cacheInstances: false)
            .Orchestrator("Changing", async context =>
            {
                await context.WaitForExternalEvent<int>("Go");
                return await code(context);
            })
            .Orchestrator("One", async context => await context.WaitForExternalEvent<int>("E"))
            .Orchestrator("Two", async context => await context.WaitForExternalEvent<int>("E"))
            .Activity<string>("After", _ => 1)
            .Activity<string>("Added", _ => 1)
            .Activity<string>("Before", async (_, cancellation) =>
            {
                code = after;
                await Task.Yield();
                cancellation.ThrowIfCancellationRequested();
                return 1;
            })
            .StartAsync();
        var id = await engine.StartInstanceAsync("Changing");
        await engine.RaiseAsync(id, "Go", 1);
        code = after;

        // Where the first call is still open, this gives the second code its turn; an instance that has failed ignores it.
        await engine.Client.SuspendInstanceAsync(id);
        await engine.IdleAsync();
        return await engine.GetAsync(id);
    }

    /// <summary>What awaiting <c>Task.Run</c> does, but for a task that was quick enough to be done by then: no await, and no trace of it.</summary>
    private sealed class TaskOfThePool : INotifyCompletion
    {
        public bool IsCompleted => false;

        public TaskOfThePool GetAwaiter() => this;

        public int GetResult() => 5;

        public void OnCompleted(Action continuation)
        {
            var context = SynchronizationContext.Current!;
            ThreadPool.QueueUserWorkItem(_ => context.Post(_ => continuation(), null));
        }
    }
}
