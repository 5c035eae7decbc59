using DurableTask.Core.Exceptions;
using Marketline.LocalHost.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace Marketline.Tests.LocalHost.Engine.CrashHost;

/// <summary>
/// Instances of each shape that a kill may tear: fan-out, chain, timers, children and continue-as-new. An output lists the
/// results of its activities, each of which is new in every run, so that a lost result shows.
/// </summary>
internal static class Workload
{
    private const int Width = 20;

    private static readonly string[] Kinds = ["FanOut", "Chain", "Timers", "Parent", "Loop"];

    public static IEnumerable<string> InstanceIds(int count) =>
        Enumerable.Range(0, count).SelectMany(i => Kinds.Select(kind => $"{kind}-{i}"));

    public static async Task StartAsync(DurableTaskClient client, string id)
    {
        try
        {
            var options = new StartOrchestrationOptions(id).WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
            await client.ScheduleNewOrchestrationInstanceAsync(id.Split('-')[0], new List<string>(), options);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // It was started before the kill.
        }
    }

    public static void Register(DurableEngine engine, Journal journal)
    {
        engine.AddActivity("Step", async (call, cancellation) =>
        {
            var task = JsonDataConverter.Default.Deserialize<string>(call.Input)!;
            await Task.Delay(1, cancellation);
            var result = $"{task}={Guid.NewGuid():N}";
            journal.Write(call.InstanceId, result);
            return result;
        });
        engine.AddOrchestrator("FanOut", FanOutAsync);
        engine.AddOrchestrator("Chain", ChainAsync);
        engine.AddOrchestrator("Timers", TimersAsync);
        engine.AddOrchestrator("Parent", ParentAsync);
        engine.AddOrchestrator("Child", FanOutAsync);
        engine.AddOrchestrator("Loop", LoopAsync);
    }

    private static async Task<object?> FanOutAsync(TaskOrchestrationContext context) =>
        await Task.WhenAll(Enumerable.Range(0, Width).Select(i => context.CallActivityAsync<string>("Step", $"{i}")));

    private static async Task<object?> ChainAsync(TaskOrchestrationContext context)
    {
        var results = new List<string>();
        for (var i = 0; i < Width; i++)
        {
            results.Add(await context.CallActivityAsync<string>("Step", $"{i}"));
        }

        return results;
    }

    private static async Task<object?> TimersAsync(TaskOrchestrationContext context)
    {
        var results = new List<string>();
        for (var i = 0; i < Width / 4; i++)
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
            results.Add(await context.CallActivityAsync<string>("Step", $"{i}"));
        }

        return results;
    }

    private static async Task<object?> ParentAsync(TaskOrchestrationContext context)
    {
        var children = Enumerable.Range(0, 3).Select(i => context.CallSubOrchestratorAsync<List<string>>(
            "Child", options: new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-{i}")));
        return (await Task.WhenAll(children)).SelectMany(results => results).ToList();
    }

    private static async Task<object?> LoopAsync(TaskOrchestrationContext context)
    {
        var results = context.GetInput<List<string>>()!;
        results.Add(await context.CallActivityAsync<string>("Step", $"{results.Count}"));
        if (results.Count < Width / 2)
        {
            context.ContinueAsNew(results);
        }

        return results;
    }
}
