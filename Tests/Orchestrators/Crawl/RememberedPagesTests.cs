using Marketline.Core.Crawl;
using Marketline.Core.Runs;
using Marketline.Orchestrators.Crawl;

namespace Marketline.Tests.Orchestrators.Crawl;

public sealed class RememberedPagesTests : OrchestratorTest
{
    private IReadOnlyList<string> Remembered => [.. Host.StepsOf(TestRun.Id).Where(step => step.StartsWith("Remember", StringComparison.Ordinal))];

    [Test]
    public async Task RunAsync_TwoSitesOneUnplanned_NotesThePagesOfTheOtherAfterTheGoldStep()
    {
        Fakes.Script("PlanTargets 0", new PlanTargetsOutput(0, 0, "It is not there."));
        Fakes.Targets[1] = 25;

        await RunAsync(TestRun.Input(siteCount: 2));

        Assert.That(Host.StepsOf(TestRun.Id)[^1], Is.EqualTo("RememberPages 100000+3"));
        Assert.That(Remembered, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_ItFails_TheRunIsCompletedAllTheSame()
    {
        Host.Fail("RememberPages", Bug);

        var summary = await RunAsync(TestRun.Input(siteCount: 1));

        Assert.That((summary.Status, summary.Problems), Is.EqualTo((RunStatus.Completed, Array.Empty<string>())));
    }

    [TestCase(RerunStep.Crawl, 1)]
    [TestCase(RerunStep.Clean, 0)]
    [TestCase(RerunStep.Aggregate, 0)]
    public async Task RunAsync_Rerun_NotesWhatItHasReadItself(RerunStep from, int count)
    {
        await RunAsync(TestRun.RerunInput(from));

        Assert.That(Remembered, Has.Count.EqualTo(count));
    }

    [Test]
    public async Task RunAsync_BegunByEarlierCode_MakesNoSuchCall()
    {
        await RunAsync(TestRun.Input(siteCount: 1) with { SchemaVersion = 1 });

        Assert.That(Remembered, Is.Empty);
    }

    [Test]
    public async Task RunAsync_SiteIsPlannedInSegments_GoesOnWhereTheLastOneEnded()
    {
        await HistoryScenarios.All[$"{nameof(TenantCrawlOrchestrator)}-PlannedInSegments"](Host, Fakes);

        var summary = await Host.OutputAsync<RunSummary>(TestRun.Id);
        Assert.That(Host.StepsOf(TestRun.Id).Count(step => step == "PlanTargets 0"), Is.EqualTo(3));
        Assert.That((summary.BatchCount, summary.Objects.Ingested, summary.Status), Is.EqualTo((7, 63L, RunStatus.Completed)));
    }

    private async Task<RunSummary> RunAsync(RunInput input)
    {
        await Host.StartAsync(nameof(TenantCrawlOrchestrator), TestRun.Id, input);
        return await Host.OutputAsync<RunSummary>(TestRun.Id);
    }
}
