using System.Collections.Concurrent;
using Marketline.LocalHost.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;

namespace Marketline.Tests.LocalHost.Engine;

/// <summary>An engine on a clock that the test moves, in memory unless a database is named.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    private readonly JsonDataConverter _json = JsonDataConverter.Default;
    private readonly RecordingLoggers _loggers = new();

    public TestEngine(bool cacheInstances = true, ManualTimeProvider? clock = null, DurableEngineOptions? options = null)
    {
        Clock = clock ?? new ManualTimeProvider();
        options = (options ?? new DurableEngineOptions()) with { CacheInstances = cacheInstances };
        Engine = new DurableEngine(options, Clock, _loggers);
    }

    public ManualTimeProvider Clock { get; }

    public DurableEngine Engine { get; }

    public DurableTaskClient Client => Engine.Client;

    public IReadOnlyCollection<string> Logs => _loggers.Messages;

    public TestEngine Orchestrator<TResult>(string name, Func<TaskOrchestrationContext, Task<TResult>> run)
    {
        Engine.AddOrchestrator(name, async context => await run(context));
        return this;
    }

    public TestEngine Activity<TInput>(string name, Func<TInput, object?> run) =>
        Activity<TInput>(name, (input, _) => Task.FromResult(run(input)));

    public TestEngine Activity<TInput>(string name, Func<TInput, CancellationToken, Task<object?>> run)
    {
        Engine.AddActivity(name, (call, cancellation) => run(_json.Deserialize<TInput>(call.Input)!, cancellation));
        return this;
    }

    public async Task<TestEngine> StartAsync()
    {
        await Engine.StartAsync(CancellationToken.None);
        await Engine.WaitUntilIdleAsync();
        return this;
    }

    public Task IdleAsync() => Engine.WaitUntilIdleAsync();

    public Task AdvanceAsync(TimeSpan by)
    {
        Clock.Advance(by);
        return IdleAsync();
    }

    /// <summary>Starts an instance and returns when nothing moves any more.</summary>
    public async Task<string> StartInstanceAsync(string orchestrator, object? input = null, StartOrchestrationOptions? options = null)
    {
        var id = await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, options);
        await IdleAsync();
        return id;
    }

    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null, StartOrchestrationOptions? options = null) =>
        await GetAsync(await StartInstanceAsync(orchestrator, input, options));

    public async Task<OrchestrationMetadata> GetAsync(string id) =>
        await Client.GetInstanceAsync(id, getInputsAndOutputs: true) ?? throw new AssertionException($"There is no instance '{id}'.");

    public async Task<OrchestrationMetadata> RaiseAsync(string id, string name, object? payload = null)
    {
        await Client.RaiseEventAsync(id, name, payload);
        await IdleAsync();
        return await GetAsync(id);
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    private sealed class RecordingLoggers : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> _messages = new();

        public IReadOnlyCollection<string> Messages => _messages;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _messages.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
