using System.Diagnostics;
using Marketline.LocalHost.Engine;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketline.Benchmarks.Engine;

/// <summary>The durable engine with its histories on disk: fan-out, chain and recovery, beside yardsticks of the same machine.</summary>
internal static class EngineBenchmark
{
    private const int Waiting = 10_000;
    private const int Rounds = 7;

    public static async Task RunAsync(BenchmarkReport report)
    {
        var folder = Directory.CreateTempSubdirectory("marketline-bench-");
        try
        {
            await RunAsync(report, Path.Combine(folder.FullName, "engine.db"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(BenchmarkReport report, string path)
    {
        report.Yardstick("yardstick: 10 000 no-op tasks through a channel", 10_000 / await Yardsticks.ChannelSecondsAsync(10_000), "tasks/s");
        report.Yardstick("yardstick: 10 000 one-row SQLite commits", 10_000 / Yardsticks.CommitSeconds(path + ".yardstick", 10_000), "commits/s");

        await using (var engine = await StartAsync(path))
        {
            // The first run compiles the code.
            await FanOutSecondsAsync(engine, 200);
            await ChainSecondsAsync(engine, 50);

            await MeasureActivitiesAsync(report, engine);
            await MeasureWaitingAsync(report, engine);
        }

        await MeasureRecoveryAsync(report, path);
        report.Yardstick("peak memory at the end", PeakMemoryMegabytes(), "MB");
    }

    private static async Task MeasureActivitiesAsync(BenchmarkReport report, DurableEngine engine)
    {
        // Taken in turns, so that what else the machine does slows all of them alike.
        var thousand = new List<double>();
        var tenThousand = new List<double>();
        var chain = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            thousand.Add(await FanOutSecondsAsync(engine, 1_000));
            tenThousand.Add(await FanOutSecondsAsync(engine, 10_000));
            chain.Add(await ChainSecondsAsync(engine, 100));
        }

        report.AtLeast("fan-out and fan-in, 1 000 activities (median)", 1_000 / Median(thousand), "activities/s", 3_000);
        report.Yardstick("fan-out and fan-in, 10 000 activities (median)", 10_000 / Median(tenThousand), "activities/s");
        report.AtMost("10 000 activities against 1 000 (medians)", Median(tenThousand) / Median(thousand), "times", 11);
        report.AtMost("peak memory of the process", PeakMemoryMegabytes(), "MB", 300);
        report.AtLeast("chain of 100 activities (median)", 100 / Median(chain), "activities/s", 500);
    }

    private static async Task MeasureWaitingAsync(BenchmarkReport report, DurableEngine engine)
    {
        var begun = Stopwatch.GetTimestamp();
        await ForAllAsync(i => engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Waiter", null, new StartOrchestrationOptions($"waiter-{i}")));
        await ForAllAsync(i => engine.Client.WaitForInstanceStartAsync($"waiter-{i}"));
        report.Yardstick("start of 10 000 instances until all wait", Waiting / Stopwatch.GetElapsedTime(begun).TotalSeconds, "instances/s");
    }

    private static async Task MeasureRecoveryAsync(BenchmarkReport report, string path)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var engine = await StartAsync(path);
        report.AtMost("10 000 waiting instances: ready after the start", Stopwatch.GetElapsedTime(begun).TotalSeconds, "s", 3);
        await ForAllAsync(i => engine.Client.RaiseEventAsync($"waiter-{i}", "go", i));
        await ForAllAsync(i => engine.Client.WaitForInstanceCompletionAsync($"waiter-{i}"));
        report.AtMost("10 000 waiting instances: all ended by an event each", Stopwatch.GetElapsedTime(begun).TotalSeconds, "s", 3);
    }

    private static Task ForAllAsync(Func<int, Task> act) => Task.WhenAll(Enumerable.Range(0, Waiting).Select(act));

    private static async Task<DurableEngine> StartAsync(string path)
    {
        var engine = new DurableEngine(new DurableEngineOptions { DatabasePath = path }, TimeProvider.System, NullLoggerFactory.Instance);
        engine.AddActivity("NoOp", (_, _) => Task.FromResult<object?>(1));
        engine.AddOrchestrator("FanOut", FanOutAsync);
        engine.AddOrchestrator("Chain", ChainAsync);
        engine.AddOrchestrator("Waiter", async context => await context.WaitForExternalEvent<int>("go"));
        await engine.StartAsync(CancellationToken.None);
        return engine;
    }

    private static async Task<object?> FanOutAsync(TaskOrchestrationContext context)
    {
        var calls = Enumerable.Range(0, context.GetInput<int>()).Select(i => context.CallActivityAsync<int>("NoOp", i)).ToList();
        return (await Task.WhenAll(calls)).Sum();
    }

    private static async Task<object?> ChainAsync(TaskOrchestrationContext context)
    {
        var sum = 0;
        for (var i = context.GetInput<int>(); i > 0; i--)
        {
            sum += await context.CallActivityAsync<int>("NoOp", i);
        }

        return sum;
    }

    private static Task<double> FanOutSecondsAsync(DurableEngine engine, int count) => SecondsAsync(engine, "FanOut", count);

    private static Task<double> ChainSecondsAsync(DurableEngine engine, int count) => SecondsAsync(engine, "Chain", count);

    private static async Task<double> SecondsAsync(DurableEngine engine, string orchestrator, int count)
    {
        var begun = Stopwatch.GetTimestamp();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, count);
        var end = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        return end.ReadOutputAs<int>() == count
            ? Stopwatch.GetElapsedTime(begun).TotalSeconds
            : throw new InvalidOperationException($"'{orchestrator}' of {count} ended wrongly: {end}");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double PeakMemoryMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }
}
