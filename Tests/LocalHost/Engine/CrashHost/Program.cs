using Marketline.LocalHost.Engine;
using Marketline.Tests.LocalHost.Engine.CrashHost;
using Microsoft.Extensions.Logging.Abstractions;

// Run by the tests to be killed: <folder> <instances of each kind>. It starts its instances unless they are there already,
// says "ready", runs them to their ends and prints each one's outcome.
var folder = args[0];
var count = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture);
var options = new DurableEngineOptions { DatabasePath = Path.Combine(folder, "engine.db"), MaxConcurrentActivities = 8 };
await using var engine = new DurableEngine(options, TimeProvider.System, NullLoggerFactory.Instance);
using var journal = new Journal(Path.Combine(folder, $"runs-{Environment.ProcessId}.log"));
Workload.Register(engine, journal);
await engine.StartAsync(CancellationToken.None);

var ids = Workload.InstanceIds(count).ToList();
await Task.WhenAll(ids.Select(id => Workload.StartAsync(engine.Client, id)));
Console.WriteLine("ready");
foreach (var id in ids)
{
    var end = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
    Console.WriteLine($"{id} {end.RuntimeStatus} {end.SerializedOutput ?? end.FailureDetails?.ErrorMessage}");
}

Console.WriteLine("done");
