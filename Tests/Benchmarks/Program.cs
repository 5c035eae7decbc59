using Marketline.Benchmarks;
using Marketline.Benchmarks.Admission;
using Marketline.Benchmarks.Api;
using Marketline.Benchmarks.Engine;
using Marketline.Benchmarks.Extract;
using Marketline.Benchmarks.Gold;
using Marketline.Benchmarks.Hostile;
using Marketline.Benchmarks.Pipeline;
using Marketline.Benchmarks.Render;
using Marketline.Benchmarks.Schedule;
using Marketline.Benchmarks.Scrapy;

// dotnet run -c Release --project Tests/Benchmarks -- <benchmark> [<file for the results as JSON>]
var benchmarks = new Dictionary<string, Func<BenchmarkReport, Task>>
{
    ["admission"] = AdmissionBenchmark.RunAsync,
    ["again"] = AgainBenchmark.RunAsync,
    ["api"] = ApiBenchmark.RunAsync,
    ["engine"] = EngineBenchmark.RunAsync,
    ["extract"] = ExtractBenchmark.RunAsync,
    ["gold"] = GoldBenchmark.RunAsync,
    ["hostile"] = HostileBenchmark.RunAsync,
    ["neighbour"] = NeighbourBenchmark.RunAsync,
    ["pipeline"] = PipelineBenchmark.RunAsync,
    ["render"] = RenderBenchmark.RunAsync,
    ["schedule"] = ScheduleBenchmark.RunAsync,
    ["scrapy"] = ScrapyBenchmark.RunAsync,
};

if (args is [ProductSite.Argument])
{
    await ProductSite.ServeAsync();
    return 0;
}

if (args is [HostilePages.Argument])
{
    await HostilePages.ServeAsync();
    return 0;
}

if (args.Length is 0 or > 2 || !benchmarks.TryGetValue(args[0], out var run))
{
    await Console.Error.WriteLineAsync($"Usage: benchmarks <{string.Join('|', benchmarks.Keys)}> [results.json]");
    return 2;
}

var report = new BenchmarkReport(args[0]);
await run(report);
report.Print(Console.Out);
if (args.Length == 2)
{
    report.WriteJson(args[1]);
}

return report.IsGood ? 0 : 1;
