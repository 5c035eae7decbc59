using System.Net;
using System.Net.Http.Json;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.LocalHost.Packages.Worker.Durable;

public sealed class DurableFunctionsTests
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly Type[] Functions =
        [typeof(StartEndpoint), typeof(StatusEndpoint), typeof(SumOrchestrator), typeof(DoubleActivity), typeof(DescribeActivity), typeof(StartTimer)];

    [Test]
    public async Task HttpStart_OrchestratorAndActivities_CompleteAndShowTheirStatus()
    {
        await using var host = await StartAsync();

        using var started = await host.Client.PostAsJsonAsync("api/sums/s1", new SumInput([1, 2, 3]));
        var sum = await CompletionAsync(host, "s1");
        var status = await host.Client.GetStringAsync("api/sums/s1");

        Assert.That(started.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((sum.RuntimeStatus, sum.ReadOutputAs<SumOutput>()), Is.EqualTo((OrchestrationRuntimeStatus.Completed, new SumOutput(12))));
        Assert.That(status, Is.EqualTo("Completed"));
    }

    [Test]
    public async Task Activity_Parameters_AreInputContextInstanceAndToken()
    {
        await using var host = await StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Post, "api/sums/s2") { Content = JsonContent.Create(new SumInput([])) };
        request.Headers.Add("traceparent", TraceParent);
        using var started = await host.Client.SendAsync(request);
        await CompletionAsync(host, "s2");

        var seen = host.Services.GetRequiredService<Notes>().Described!.Split('|');
        Assert.That(seen[..4], Is.EqualTo(new[] { "none", "s2", "DescribeActivity", "activityTrigger" }));
        Assert.That(seen[4], Does.StartWith("00-0af7651916cd43dd8448eb211c80319c-"), "the trace of the request goes on in the activity");
    }

    [Test]
    public async Task Activity_WithDurableClient_RaisesAnEvent()
    {
        await using var host = await FunctionsTestHost.StartAsync(new FunctionsTestOptions { Functions = [typeof(WaitOrchestrator), typeof(TellActivity)] });

        await (await ClientAsync(host)).ScheduleNewOrchestrationInstanceAsync(nameof(WaitOrchestrator), null, new Microsoft.DurableTask.StartOrchestrationOptions("s6"));

        Assert.That((await CompletionAsync(host, "s6")).ReadOutputAs<int>(), Is.EqualTo(7));
    }

    [Test]
    public async Task Timer_WithDurableClient_StartsAnOrchestration()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 21, 10, 59, 0, TimeSpan.Zero));
        await using var host = await StartAsync(clock);

        clock.Advance(TimeSpan.FromMinutes(1));
        await host.Services.GetRequiredService<Notes>().TimerRan.Task.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.That((await CompletionAsync(host, "timer")).ReadOutputAs<SumOutput>(), Is.EqualTo(new SumOutput(14)));
    }

    [Test]
    public async Task Middleware_SurroundsOrchestratorsAndActivities()
    {
        await using var host = await StartAsync();

        using var started = await host.Client.PostAsJsonAsync("api/sums/s3", new SumInput([1]));
        await CompletionAsync(host, "s3");

        Assert.That(
            host.Services.GetRequiredService<Notes>().Invoked.Keys,
            Is.EquivalentTo(new[] { nameof(StartEndpoint), nameof(SumOrchestrator), nameof(DoubleActivity), nameof(DescribeActivity) }));
    }

    [Test]
    public async Task Stop_ActivityRunning_RunsAgainAfterTheNextStart()
    {
        using var folder = new TemporaryFolder();
        var notes = new Notes { Blocks = true };
        await using (var first = await StartAsync(folder: folder, notes: notes))
        {
            using var started = await first.Client.PostAsJsonAsync("api/sums/s4", new SumInput([5]));
            await notes.Blocked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }

        notes.Blocks = false;
        await using var second = await StartAsync(folder: folder, notes: notes);

        Assert.That((await CompletionAsync(second, "s4")).ReadOutputAs<SumOutput>(), Is.EqualTo(new SumOutput(10)));
    }

    [Test]
    public async Task Payloads_PropertyNames_AreReadWithoutRegardToCase()
    {
        await using var host = await StartAsync();
        var client = await ClientAsync(host);

        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(SumOrchestrator), new { NUMBERS = new[] { 4 } }, new Microsoft.DurableTask.StartOrchestrationOptions("s5"));

        Assert.That((await CompletionAsync(host, "s5")).ReadOutputAs<SumOutput>(), Is.EqualTo(new SumOutput(8)));
    }

    [Test]
    public async Task StartAsync_Output_ListsOrchestratorsAndActivities()
    {
        await using var host = await StartAsync();

        Assert.That(host.Output, Does.Match(@"activity +DescribeActivity, DoubleActivity\r?\n").And.Match(@"orchestrator +SumOrchestrator\r?\n"));
    }

    private static Task<FunctionsTestHost> StartAsync(TimeProvider? clock = null, TemporaryFolder? folder = null, Notes? notes = null) =>
        FunctionsTestHost.StartAsync(new FunctionsTestOptions
        {
            Functions = Functions,
            Time = clock,
            Folder = folder,
            Configure = builder =>
            {
                builder.Services.AddSingleton(notes ?? new Notes());
                builder.Use(next => context =>
                {
                    context.InstanceServices.GetRequiredService<Notes>().Invoked[context.FunctionDefinition.Name] = true;
                    return next(context);
                });
            },
        });

    private static async Task<OrchestrationMetadata> CompletionAsync(FunctionsTestHost host, string instanceId)
    {
        var client = await ClientAsync(host);
        return await client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true).WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static Task<DurableTaskClient> ClientAsync(FunctionsTestHost host) =>
        Task.FromResult(host.Services.GetRequiredService<Marketline.LocalHost.Engine.DurableEngine>().Client);
}
