using System.Diagnostics;
using System.Text.Json;

namespace Marketline.Tests.LocalHost.Engine;

/// <summary>A real process is killed (SIGKILL) again and again while it works, and has to end all it began.</summary>
public sealed class CrashTests
{
    private const int InstancesOfEachKind = 12;

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("marketline-crash-");

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [TestCase(1)]
    [TestCase(2)]
    public async Task Kill_AtRandomMoments_EveryInstanceEndsRightAndNoResultIsLost(int seed)
    {
        var random = new Random(seed);
        var killed = 0;
        for (var kill = 0; kill < 4; kill++)
        {
            using var victim = Start();
            await ReadUntilAsync(victim, "ready");
            victim.WaitForExit(TimeSpan.FromMilliseconds(random.Next(1, 120)));
            victim.Kill();
            await victim.WaitForExitAsync();
            killed += victim.ExitCode == 0 ? 0 : 1;
        }

        using var last = Start();
        var outcomes = await ReadUntilAsync(last, "done");
        await last.WaitForExitAsync();

        Assert.That(killed, Is.GreaterThan(1), "the processes ended before they could be killed");
        Assert.That(last.ExitCode, Is.Zero);
        Assert.Multiple(() => AssertOutcomes(outcomes.Where(line => line != "ready").ToList()));
    }

    private void AssertOutcomes(List<string> outcomes)
    {
        var runs = _folder.GetFiles("runs-*.log").SelectMany(file => File.ReadLines(file.FullName)).ToHashSet();
        Assert.That(outcomes, Has.Count.EqualTo(5 * InstancesOfEachKind));
        foreach (var outcome in outcomes)
        {
            var parts = outcome.Split(' ', 3);
            Assert.That(parts[1], Is.EqualTo("Completed"), outcome);
            var results = JsonSerializer.Deserialize<List<string>>(parts[2])!;
            var (width, callers) = Expected(parts[0]);
            var steps = callers.SelectMany(caller => Enumerable.Range(0, width).Select(step => (caller, step))).ToList();
            Assert.That(results, Has.Count.EqualTo(steps.Count), outcome);
            foreach (var (result, (caller, step)) in results.Zip(steps))
            {
                Assert.That(result, Does.StartWith($"{step}="), outcome);
                Assert.That(runs, Does.Contain($"{caller} {result}"), "a result that no run gave");
            }
        }
    }

    private static (int Width, string[] Callers) Expected(string id) => id.Split('-')[0] switch
    {
        "Timers" => (5, [id]),
        "Loop" => (10, [id]),
        "Parent" => (20, [$"{id}-0", $"{id}-1", $"{id}-2"]),
        _ => (20, [id]),
    };

    private static async Task<List<string>> ReadUntilAsync(Process process, string last)
    {
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == last)
            {
                return lines;
            }

            lines.Add(line);
        }

        throw new AssertionException($"The process ended without '{last}': {await process.StandardError.ReadToEndAsync()}");
    }

    private Process Start() => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Marketline.CrashHost.dll"), _folder.FullName, $"{InstancesOfEachKind}" },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
