using System.Text.Json;
using System.Text.Json.Nodes;
using Marketline.LocalHost.Engine;
using Marketline.Orchestrators.Crawl;

namespace Marketline.Tests.Orchestrators;

/// <summary>
/// Instances outlive a deployment: the present code has to repeat what earlier code did. The histories in
/// <c>Fixtures/Histories</c> were exported once; <c>MARKETLINE_WRITE_EXPECTED=1</c> exports them again, which is right only
/// when no instance of the old code can be running any more.
/// </summary>
public sealed class StoredHistoryTests
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "Tests", "Fixtures", "Histories");

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static IEnumerable<string> Names => HistoryScenarios.All.Keys;

    [TestCaseSource(nameof(Names))]
    public async Task ReplayAsync_StoredHistory_FitsThePresentCode(string name)
    {
        await using var host = new OrchestratorHost();
        if (Environment.GetEnvironmentVariable("MARKETLINE_WRITE_EXPECTED") == "1")
        {
            await File.WriteAllTextAsync(PathOf(name), await ExportAsync(name));
        }

        var history = await File.ReadAllTextAsync(PathOf(name));

        Assert.That(async () => await host.Engine.ReplayAsync(name.Split('-')[0], history), Throws.Nothing);
    }

    [Test]
    public async Task ReplayAsync_CallThatTheCodeDoesNotMake_NamesBothCalls()
    {
        await using var host = new OrchestratorHost();
        var history = await File.ReadAllTextAsync(PathOf($"{nameof(CrawlSiteOrchestrator)}-TwoBatches"));

        var changed = history.Replace("CleanBatchActivity", "ScrubBatchActivity", StringComparison.Ordinal);

        Assert.That(
            async () => await host.Engine.ReplayAsync(nameof(CrawlSiteOrchestrator), changed),
            Throws.InstanceOf<NonDeterminismException>().With.Message.Contains(nameof(CrawlSiteOrchestrator))
                .And.Message.Contains(TestRun.SiteId(0))
                .And.Message.Contains("expects activity 'ScrubBatchActivity', but the code made activity 'CleanBatchActivity'")
        );
    }

    [Test]
    public async Task ReplayAsync_HistoryThatEndsOtherwise_NamesBothEnds()
    {
        await using var host = new OrchestratorHost();
        var history = await File.ReadAllTextAsync(PathOf($"{nameof(CrawlSiteOrchestrator)}-TwoBatches"));

        var changed = history.Replace("\\\"PageCount\\\":20", "\\\"PageCount\\\":21", StringComparison.Ordinal);

        Assert.That(changed, Is.Not.EqualTo(history));
        Assert.That(
            async () => await host.Engine.ReplayAsync(nameof(CrawlSiteOrchestrator), changed),
            Throws.InstanceOf<NonDeterminismException>().With.Message.Contains("expects the status Completed").And.Message.Contains("but the code gave")
        );
    }

    [Test]
    public void Fixtures_Histories_AreThoseOfTheScenarios()
    {
        var files = Directory.EnumerateFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path));

        Assert.That(files, Is.EquivalentTo(Names));
    }

    private static string PathOf(string name) => Path.Combine(Folder, $"{name}.json");

    private static async Task<string> ExportAsync(string name)
    {
        await using var host = new OrchestratorHost();
        var fakes = new FakeSteps();
        fakes.AnswerOn(host);
        var instanceId = await HistoryScenarios.All[name](host, fakes);
        var history = JsonNode.Parse(await host.Engine.ExportHistoryAsync(instanceId))!.AsArray();
        foreach (var failure in history.Select(item => item!["Failure"]).OfType<JsonObject>())
        {
            // It names the folders of whoever exported it.
            failure.Remove("StackTrace");
        }

        return history.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }
}
