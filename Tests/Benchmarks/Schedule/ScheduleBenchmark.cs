using System.Diagnostics;
using System.Globalization;
using Marketline.Core.Naming;
using Marketline.Functions;
using Marketline.Functions.Timers;
using Marketline.Storage;
using Marketline.Storage.Tables;
using Marketline.Tests.Functions;
using Marketline.Tests.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Benchmarks.Schedule;

/// <summary>
/// 100 000 plans of 1 000 tenants, of which 1 000 are due a minute: the schedule's timer, ticking every second for two minutes over
/// real tables, with a durable client that takes down when it was asked to start what.
/// </summary>
internal static class ScheduleBenchmark
{
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(BenchmarkReport report)
    {
        NextSlots.Measure(report);
        await using var azurite = await AzuriteProcess.StartAsync();
        var firstUtc = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddMinutes(3).ToUnixTimeSeconds());
        var connection = azurite.ConnectionString.Replace(Relayed(azurite.ConnectionString), $"{azurite.DirectTableEndpoint}", StringComparison.Ordinal);
        var clock = Stopwatch.StartNew();
        await ManyPlans.AddAsync(connection, firstUtc);
        report.Yardstick($"adding {ManyPlans.Count:N0} plans with their rows in the index", clock.Elapsed.TotalSeconds, "s");

        await using var services = Services(connection);
        report.Yardstick("yardstick: point reads of plans, one after the other", await PointReadsAsync(services), "reads/s");
        report.AtMost("a tick that finds nothing due (median of 20)", await IdleTickAsync(services), "ms", 1_000);

        // What adding the plans has left behind is no concern of the timer's.
        GC.Collect(2, GCCollectionMode.Aggressive);
        await MeasureAsync(report, services, firstUtc);
    }

    private static async Task MeasureAsync(BenchmarkReport report, ServiceProvider services, DateTimeOffset firstUtc)
    {
        var lags = new List<double>();
        await using var client = new StartRecorder
        {
            Failing = id =>
            {
                lock (lags)
                {
                    lags.Add((DateTimeOffset.UtcNow - RunId.Parse(id).ScheduledUtc).TotalMilliseconds);
                }

                return null;
            },
        };
        var wait = firstUtc - DateTimeOffset.UtcNow;
        if (wait < TimeSpan.Zero)
        {
            throw new InvalidOperationException("Adding the plans took too long: the first is due already.");
        }

        await Task.Delay(wait);
        var before = Megabytes("VmRSS");
        var ticks = await TickAsync(services, client);
        var expected = (int)(Duration.TotalMinutes * ManyPlans.DuePerMinute);
        lags.Sort();

        report.AtLeast("plans started", lags.Count, "plans", expected);
        report.AtMost("lag of a start behind its slot, median", lags[lags.Count / 2], "ms", 1_000);
        report.AtMost("99th percentile", lags[lags.Count * 99 / 100], "ms", 1_000);
        report.Yardstick("maximum", lags[^1], "ms");
        report.Yardstick("a tick, median", ticks.Order().ElementAt(ticks.Count / 2), "ms");
        report.AtMost("memory of the process (VmRSS), at the end", Megabytes("VmRSS"), "MB", 150);
        report.Yardstick("growth over the two minutes", Megabytes("VmRSS") - before, "MB");
        report.Yardstick("peak of the process (VmHWM), adding the plans included", Megabytes("VmHWM"), "MB");
    }

    /// <summary>A tick each second, one at a time as the host runs them.</summary>
    private static async Task<List<double>> TickAsync(ServiceProvider services, StartRecorder client)
    {
        var timer = services.GetRequiredService<CrawlScheduleTimer>();
        var ticks = new List<double>();
        var end = DateTimeOffset.UtcNow + Duration;
        while (DateTimeOffset.UtcNow < end)
        {
            var begun = Stopwatch.GetTimestamp();
            await timer.RunAsync(new TimerInfo(), client, CancellationToken.None);
            ticks.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            await NextSecondAsync();
        }

        return ticks;
    }

    /// <summary>Never before it: a timer may be a fraction of a millisecond early, and what is due then would wait for the tick after.</summary>
    private static async Task NextSecondAsync()
    {
        var next = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1);
        while (next - DateTimeOffset.UtcNow is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest + TimeSpan.FromMilliseconds(1));
        }
    }

    private static async Task<double> IdleTickAsync(ServiceProvider services)
    {
        var timer = services.GetRequiredService<CrawlScheduleTimer>();
        await using var client = new StartRecorder();
        var milliseconds = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await timer.RunAsync(new TimerInfo(), client, CancellationToken.None);
            milliseconds.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return milliseconds.Order().ElementAt(10);
    }

    private static async Task<double> PointReadsAsync(ServiceProvider services)
    {
        const int ReadCount = 1_000;
        var plans = services.GetRequiredService<TablePlanStore>();
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < ReadCount; i++)
        {
            var (tenant, plan) = ManyPlans.Ids(i * 97 % ManyPlans.Count);
            await plans.FindAsync(tenant, plan, CancellationToken.None);
        }

        return ReadCount / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static ServiceProvider Services(string connection)
    {
        var settings = new Dictionary<string, string?> { ["Storage:ConnectionString"] = connection };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddStorage(configuration)
            .AddSingleton(provider => new StarterSetup(provider).Starter)
            .AddSingleton<PlanPauses>()
            .AddSingleton<SlotStarter>()
            .AddSingleton<CrawlScheduleTimer>()
            .BuildServiceProvider();
    }

    /// <summary>The table endpoint behind the relay that tests cut: measured is without it.</summary>
    private static string Relayed(string connection) =>
        connection.Split(';').Single(part => part.StartsWith("TableEndpoint=", StringComparison.Ordinal))["TableEndpoint=".Length..];

    private static double Megabytes(string field)
    {
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith($"{field}:", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
