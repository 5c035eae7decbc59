using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Orchestrators.Crawl;

namespace Marketline.Tests.Orchestrators.Crawl;

/// <summary>Runs that take what they do not do again from another run, and runs that others follow.</summary>
public sealed class RerunTests : OrchestratorTest
{
    [TestCase(RerunScope.Failed)]
    [TestCase(RerunScope.Quarantined)]
    public async Task RunAsync_OnlyWhatFailed_CrawlsTheTargetsThatWereFound(RerunScope only)
    {
        Fakes.Script("PlanRerun 0", new PlanRerunOutput(1, 4));
        Fakes.Script("PlanRerun 1", new PlanRerunOutput(0, 0));

        var summary = await RunAsync(TestRun.RerunInput(RerunStep.Crawl, only, siteCount: 2));

        Assert.That(RunSteps, Is.EqualTo(new[] { $"PlanRerun 0 Crawl {only}", $"PlanRerun 1 Crawl {only}", "Aggregate []" }));
        Assert.That(Host.StepsOf(TestRun.SiteId(0)), Is.EqualTo(new[] { "CrawlBatch 0/0", "CleanBatch 0" }));
        Assert.That(Host.StepsOf(TestRun.SiteId(1)), Is.Empty);
        Assert.That((summary.Status, summary.Objects.Ingested), Is.EqualTo((RunStatus.Completed, 4)));
        AssertAddsUp(summary.Objects);
    }

    [Test]
    public async Task RunAsync_OnlyWhatFailed_ASiteThatWasNotPlannedIsPlanned()
    {
        Fakes.Script("PlanRerun 0", new PlanRerunOutput(0, 0, IsUnplanned: true));

        var summary = await RunAsync(TestRun.RerunInput(RerunStep.Crawl, RerunScope.Failed));

        Assert.That(RunSteps, Is.EqualTo(new[] { "PlanRerun 0 Crawl Failed", "PlanTargets 0", "Aggregate []" }));
        Assert.That(summary.Objects.Ingested, Is.EqualTo(10));
    }

    [Test]
    public async Task RunAsync_FromClean_FetchesNothingAndCleansTheArchive()
    {
        Fakes.Targets[0] = 25;

        var summary = await RunAsync(TestRun.RerunInput(RerunStep.Clean));

        var cleaned = Enumerable.Range(0, 3).Select(batch => $"CleanBatch {batch} of {TestRun.Raw.RunId}");
        Assert.That(Host.StepsOf(TestRun.SiteId(0)), Is.EqualTo(cleaned));
        Assert.That((summary.Status, summary.PageCount, summary.Objects.Ingested), Is.EqualTo((RunStatus.Completed, 0, 25)));
        AssertAddsUp(summary.Objects);
    }

    [Test]
    public async Task RunAsync_FromCleanAndAFileIsDamaged_IsMadeAgainFromTheSameArchive()
    {
        Fakes.DamagedBatches.Add(0);

        await RunAsync(TestRun.RerunInput(RerunStep.Clean));

        Assert.That(RunSteps, Is.EqualTo(new[] { "PlanRerun 0 Clean All", "Aggregate []", $"CleanBatch 0 of {TestRun.Raw.RunId}", "Aggregate []" }));
    }

    [Test]
    public async Task RunAsync_FromAggregate_TakesTheCleanFiles()
    {
        Fakes.Targets[0] = 20;

        var summary = await RunAsync(TestRun.RerunInput(RerunStep.Aggregate));

        Assert.That(Host.StepsOf(TestRun.SiteId(0)), Is.EqualTo(new[] { $"ReuseBatch 0 of {TestRun.Source.RunId}", $"ReuseBatch 1 of {TestRun.Source.RunId}" }));
        Assert.That((summary.Objects.Ingested, summary.Objects.Failed), Is.EqualTo((14, 0)));
        AssertAddsUp(summary.Objects);
    }

    [Test]
    public async Task RunAsync_FromAggregateAndAFileIsDamaged_LeavesItOut()
    {
        Fakes.DamagedBatches.Add(0);

        var summary = await RunAsync(TestRun.RerunInput(RerunStep.Aggregate));

        Assert.That(RunSteps, Is.EqualTo(new[] { "PlanRerun 0 Aggregate All", "Aggregate []", "Aggregate [0]" }));
        Assert.That(summary.Problems, Is.EqualTo(new[] { "batch 0: its clean file is damaged" }));
        AssertAddsUp(summary.Objects);
    }

    [Test]
    public async Task RunAsync_FromCleanAndCancelled_EndsAsCancelled()
    {
        Fakes.IsCancelled = true;

        var summary = await RunAsync(TestRun.RerunInput(RerunStep.Clean));

        Assert.That((summary.Status, summary.Objects.Failed), Is.EqualTo((RunStatus.Cancelled, 10)));
    }

    [Test]
    public async Task RunAsync_FromCleanAndTheArchiveIsGone_SaysSo()
    {
        Fakes.Script("PlanRerun 0", new PlanRerunOutput(0, 0, "https://shop0.example/: the raw archive is gone"));

        var summary = await RunAsync(TestRun.RerunInput(RerunStep.Clean));

        Assert.That((summary.Status, summary.Problems.Single()), Is.EqualTo((RunStatus.Failed, "https://shop0.example/: the raw archive is gone")));
    }

    [Test]
    public async Task RunAsync_PlanHasFollowers_StartsThemAtTheEnd()
    {
        var input = TestRun.Input(siteCount: 1) with { Then = [PlanId.Parse("reviews"), PlanId.Parse("prices")], Depth = 2 };

        await RunAsync(input);

        Assert.That(RunSteps, Is.EqualTo(new[] { "PlanTargets 0", "Aggregate []", "StartFollowUps reviews prices at 03:15:00 depth 3" }));
    }

    [Test]
    public async Task RunAsync_RunFails_ItsFollowersAreNotStarted()
    {
        Host.Fail("PlanTargets", Bug);

        await RunAsync(TestRun.Input(siteCount: 1) with { Then = [PlanId.Parse("reviews")] });

        Assert.That(RunSteps, Has.None.StartsWith("StartFollowUps"));
    }

    [Test]
    public async Task RunAsync_FollowersCanNotBeStarted_TheRunHasCompleted()
    {
        Host.Fail("StartFollowUps", Bug);

        var summary = await RunAsync(TestRun.Input(siteCount: 1) with { Then = [PlanId.Parse("reviews")] });

        Assert.That(summary.Status, Is.EqualTo(RunStatus.Completed));
    }

    private IReadOnlyList<string> RunSteps => [.. Host.StepsOf(TestRun.Id).Where(step => !step.StartsWith("Remember", StringComparison.Ordinal))];

    private async Task<RunSummary> RunAsync(RunInput input)
    {
        await Host.StartAsync(nameof(TenantCrawlOrchestrator), TestRun.Id, input);
        return await Host.OutputAsync<RunSummary>(TestRun.Id);
    }
}
