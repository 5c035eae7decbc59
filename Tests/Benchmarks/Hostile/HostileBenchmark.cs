using System.Diagnostics;
using System.Globalization;

namespace Marketline.Benchmarks.Hostile;

/// <summary>
/// A worker's memory while sites do their worst: as many batches at a time as a worker has in flight, each kind of hostile page by
/// itself, then all of them mixed.
/// </summary>
internal static class HostileBenchmark
{
    /// <summary><c>Admission:MaxBatchesInFlight</c> for one worker.</summary>
    private const int BatchesAtATime = 8;

    private const int PagesOfAKind = 4;

    public static async Task RunAsync(BenchmarkReport report)
    {
        using var site = await SiteProcess.StartAsync(HostilePages.Argument);
        var folder = Directory.CreateTempSubdirectory("hostile-benchmark-");
        try
        {
            await using var batches = new BatchPath(site.Address, folder);
            await MeasureAsync(batches, ["ordinary"]);
            var peak = 0.0;
            foreach (var kind in HostilePages.Names)
            {
                var measured = await MeasureAsync(batches, [kind]);
                peak = Math.Max(peak, measured.PeakMegabytes);
                Report(report, $"{kind} ({measured.Outcome})", measured);
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{kind}: {measured}"));
            }

            var mixed = await MeasureAsync(batches, [.. HostilePages.Names]);
            Report(report, "all of them mixed", mixed);
            report.AtMost("peak memory of the process", Math.Max(peak, mixed.PeakMegabytes), "MB", 2_500);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Report(BenchmarkReport report, string name, Measured measured)
    {
        report.Yardstick($"{name}: peak", measured.PeakMegabytes, "MB");
        report.Yardstick($"{name}: managed heap", measured.HeapMegabytes, "MB");
        report.Yardstick($"{name}: speed", measured.PagesPerSecond, "pages/s");
    }

    /// <summary>Every batch has the kinds in turn, so that each of them meets each other one.</summary>
    private static async Task<Measured> MeasureAsync(BatchPath batches, string[] kinds)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        PeakMemory.Forget();
        using var heap = new HeapPeak();
        var (outcomes, pageCount) = (new SortedSet<string>(), 0);
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, BatchesAtATime),
            new ParallelOptions { MaxDegreeOfParallelism = BatchesAtATime },
            async (batch, token) =>
            {
                var paths = Enumerable.Range(0, Math.Max(PagesOfAKind, kinds.Length)).Select(i => $"/{kinds[(batch + i) % kinds.Length]}/{i}");
                var (pages, offers) = await batches.RunAsync(string.Create(CultureInfo.InvariantCulture, $"batch-{batch}"), paths, token);
                lock (outcomes)
                {
                    pageCount += pages.Count;
                    outcomes.UnionWith(pages.Select(page => page.FailureReason ?? (offers.Count > 0 ? "offers" : "no product")));
                }
            }
        );
        return new Measured(pageCount / clock.Elapsed.TotalSeconds, PeakMemory.Megabytes(), heap.Megabytes, string.Join(", ", outcomes));
    }

    private sealed record Measured(double PagesPerSecond, double PeakMegabytes, double HeapMegabytes, string Outcome);

    /// <summary>The managed heap's largest size, looked at twenty times a second.</summary>
    private sealed class HeapPeak : IDisposable
    {
        private readonly Timer _timer;
        private long _bytes;

        public HeapPeak() => _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));

        public double Megabytes => Volatile.Read(ref _bytes) / 1_048_576.0;

        public void Dispose() => _timer.Dispose();

        private void Look() => Volatile.Write(ref _bytes, Math.Max(Volatile.Read(ref _bytes), GC.GetTotalMemory(forceFullCollection: false)));
    }
}
