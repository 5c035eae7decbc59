using System.Collections.Concurrent;
using System.Text.Json;
using Marketline.Core.Runs;
using Marketline.LocalHost.Engine;
using Marketline.LocalHost.Engine.History;
using Marketline.Orchestrators.Crawl;
using Marketline.Orchestrators.Lineage;
using Marketline.Orchestrators.Tenants;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketline.Tests.Orchestrators;

/// <summary>
/// The app's orchestrators on an engine in memory that replays them at every work item, with activities that the test gives.
/// One worker each: an instance's activities run in the order in which it called them.
/// </summary>
internal sealed class OrchestratorHost : IAsyncDisposable
{
    /// <summary>As the functions host reads and writes payloads.</summary>
    private readonly JsonDataConverter _json = new(new JsonSerializerOptions { PropertyNameCaseInsensitive = true });

    private readonly ConcurrentQueue<StepCall> _calls = new();
    private readonly ConcurrentDictionary<string, (Exception Failure, int Times)> _faults = new();

    public OrchestratorHost()
    {
        var options = new DurableEngineOptions
        {
            CacheInstances = false,
            MaxConcurrentActivities = 1,
            MaxConcurrentOrchestrators = 1,
            DataConverter = _json,
        };
        Engine = new DurableEngine(options, Clock, NullLoggerFactory.Instance);
        Engine.AddOrchestrator(nameof(TenantCrawlOrchestrator), async context => await new TenantCrawlOrchestrator().RunAsync(context));
        Engine.AddOrchestrator(nameof(CrawlSiteOrchestrator), async context => await new CrawlSiteOrchestrator().RunAsync(context));
        Engine.AddOrchestrator(nameof(RecordRunOrchestrator), async context => await NothingAsync(new RecordRunOrchestrator().RunAsync(context)));
        Engine.AddOrchestrator(nameof(DeleteTenantOrchestrator), async context => await NothingAsync(new DeleteTenantOrchestrator().RunAsync(context)));
    }

    public ManualTimeProvider Clock { get; } = new(TestRun.StartUtc);

    public DurableEngine Engine { get; }

    public void Answer<TInput, TOutput>(
        ActivityContract<TInput, TOutput> contract,
        Func<TInput, string> key,
        Func<TInput, TOutput> run
    ) =>
        Engine.AddActivity(
            contract.Name,
            (call, _) =>
            {
                var input = _json.Deserialize<TInput>(call.Input)!;
                var step = $"{contract.Name.Replace("Activity", "", StringComparison.Ordinal)} {key(input)}";
                _calls.Enqueue(new StepCall(call.InstanceId, step, Clock.GetUtcNow()));
                ThrowIfFaulty(step);
                return Task.FromResult<object?>(run(input));
            }
        );

    /// <param name="step">A step with its key, or all steps of an activity.</param>
    public void Fail(string step, Exception failure, int times = int.MaxValue) => _faults[step] = (failure, times);

    public void Mend() => _faults.Clear();

    /// <summary>Returns when nothing moves any more.</summary>
    public async Task StartAsync(string orchestrator, string instanceId, object input)
    {
        await Engine.StartAsync(CancellationToken.None);
        await Engine.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(instanceId));
        await Engine.WaitUntilIdleAsync();
    }

    /// <summary>
    /// Moves the clock step by step, so that each timer finds the time it was waiting for. Each step is a millisecond longer:
    /// the engine counts whole ones and fires just behind the time.
    /// </summary>
    public async Task AdvanceAsync(TimeSpan by, TimeSpan? step = null)
    {
        var each = step ?? TimeSpan.FromSeconds(1);
        for (var moved = TimeSpan.Zero; moved < by; moved += each)
        {
            Clock.Advance(each + TimeSpan.FromMilliseconds(1));
            await Engine.WaitUntilIdleAsync();
        }
    }

    public async Task RaiseAsync(string instanceId, string eventName, object payload)
    {
        await Engine.Client.RaiseEventAsync(instanceId, eventName, payload);
        await Engine.WaitUntilIdleAsync();
    }

    public async Task TerminateAsync(string instanceId)
    {
        await Engine.Client.TerminateInstanceAsync(instanceId);
        await Engine.WaitUntilIdleAsync();
    }

    public IReadOnlyList<string> StepsOf(string instanceId) => [.. CallsOf(instanceId).Select(call => call.Step)];

    public IEnumerable<StepCall> CallsOf(string instanceId) => _calls.Where(call => call.InstanceId == instanceId);

    /// <summary>The whole seconds between a step's attempts.</summary>
    public IReadOnlyList<double> Pauses(string step)
    {
        var times = _calls.Where(call => call.Step == step).Select(call => call.AtUtc).ToList();
        return [.. times.Skip(1).Zip(times, (next, last) => Math.Round((next - last).TotalSeconds))];
    }

    public Task<OrchestrationMetadata?> FindAsync(string instanceId) =>
        Engine.Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, CancellationToken.None);

    /// <summary>The output of an instance that has completed.</summary>
    public async Task<T> OutputAsync<T>(string instanceId)
    {
        var instance = await FindAsync(instanceId);
        Assert.That(instance?.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Completed), instance?.FailureDetails?.ErrorMessage);
        return instance!.ReadOutputAs<T>()!;
    }

    public async Task<IReadOnlyList<HistoryEvent>> HistoryAsync(string instanceId) =>
        HistoryJson.Read(await Engine.ExportHistoryAsync(instanceId));

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    private static async Task<object?> NothingAsync(Task orchestration)
    {
        await orchestration;
        return null;
    }

    private void ThrowIfFaulty(string step)
    {
        foreach (var name in new[] { step, step.Split(' ')[0] })
        {
            if (_faults.TryGetValue(name, out var fault) && fault.Times > 0)
            {
                _faults[name] = (fault.Failure, fault.Times - 1);
                throw fault.Failure;
            }
        }
    }
}
