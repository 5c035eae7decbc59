using Marketline.Core.Crawl;
using Marketline.Core.Runs;
using Marketline.Orchestrators.Crawl;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.Orchestrators.Crawl;

public sealed class TenantCrawlOrchestratorTests : OrchestratorTest
{
    [Test]
    public async Task RunAsync_TwoSites_PlansCrawlsAggregatesAndRecords()
    {
        Fakes.Targets[0] = 15;
        Fakes.Targets[1] = 10;
        await StartAsync(siteCount: 2);

        Assert.That(RunSteps, Is.EqualTo(new[] { "PlanTargets 0", "PlanTargets 1", "Aggregate []" }));
        Assert.That(Host.StepsOf(TestRun.SiteId(0)), Is.EqualTo(new[] { "CrawlBatch 0/0", "CleanBatch 0", "CrawlBatch 1/0", "CleanBatch 1" }));
        Assert.That(Host.StepsOf(TestRun.SiteId(1)), Is.EqualTo(new[] { "CrawlBatch 100000/0", "CleanBatch 100000" }));
        Assert.That(Host.StepsOf(TestRun.RecordId("open")), Is.EqualTo(new[] { "RecordRun open" }));
        var closing = new[] { "WriteLineage 0+2 not-aggregated", "WriteLineage 100000+1 not-aggregated", "RecordRun Completed" };
        Assert.That(Host.StepsOf(TestRun.RecordId("close")), Is.EqualTo(closing));
        var summary = await SummaryAsync();
        Assert.That(summary.Status, Is.EqualTo(RunStatus.Completed));
        Assert.That(summary.PageCount, Is.EqualTo(30));
        Assert.That(summary.BatchCount, Is.EqualTo(3));
        Assert.That(summary.Problems, Is.Empty);
        var expected = new ObjectCounts { Ingested = 25, Delivered = 13, Unchanged = 3, Filtered = 3, Quarantined = 3, Failed = 3 };
        Assert.That(summary.Objects, Is.EqualTo(expected));
        AssertAddsUp(summary.Objects);
    }

    [Test]
    public async Task RunAsync_Done_ClosesTheRowWithTheSummaryAndAllRows()
    {
        await StartAsync(siteCount: 2);

        var summary = await SummaryAsync();
        Assert.That(Fakes.ClosingRecord!.LineageRowCount, Is.EqualTo(summary.Objects.Ingested).And.EqualTo(20));
        Assert.That(Fakes.ClosingRecord.Summary!.Objects, Is.EqualTo(summary.Objects));
        Assert.That(summary.Datasets.Single().RowCount, Is.EqualTo(14));
        Assert.That((await Host.FindAsync(TestRun.Id))!.ReadCustomStatusAs<RunProgress>(), Is.EqualTo(new RunProgress("done", 2, 20)));
    }

    [Test]
    public async Task RunAsync_OneSiteCanNotBePlanned_TheOthersGoOn()
    {
        Fakes.Script("PlanTargets 0", new PlanTargetsOutput(0, 0, "https://shop0.example/: no sitemap"));
        await StartAsync(siteCount: 2);

        Assert.That(RunSteps, Is.EqualTo(new[] { "PlanTargets 0", "PlanTargets 1", "Aggregate []" }));
        Assert.That(Host.StepsOf(TestRun.SiteId(1)), Is.EqualTo(new[] { "CrawlBatch 100000/0", "CleanBatch 100000" }));
        var summary = await SummaryAsync();
        Assert.That(summary.Status, Is.EqualTo(RunStatus.CompletedWithErrors));
        Assert.That(summary.Problems, Is.EqualTo(new[] { "https://shop0.example/: no sitemap" }));
        Assert.That(summary.Objects.Ingested, Is.EqualTo(10));
        AssertAddsUp(summary.Objects);
    }

    [Test]
    public async Task RunAsync_PlanningFailsForGood_IsNotRetriedAndFailsThatSiteOnly()
    {
        Host.Fail("PlanTargets 1", Bug);
        await StartAsync(siteCount: 2);

        Assert.That(RunSteps, Is.EqualTo(new[] { "PlanTargets 0", "PlanTargets 1", "Aggregate []" }));
        var summary = await SummaryAsync();
        Assert.That(summary.Problems, Is.EqualTo(new[] { "https://shop1.example/: planning failed: This never works." }));
        Assert.That(summary.Objects.Ingested, Is.EqualTo(10));
    }

    [Test]
    public async Task RunAsync_NoSiteCanBePlanned_Fails()
    {
        Host.Fail("PlanTargets", Bug);
        await StartAsync(siteCount: 2);

        var summary = await SummaryAsync();
        Assert.That(summary.Status, Is.EqualTo(RunStatus.Failed));
        Assert.That(Host.StepsOf(TestRun.RecordId("close")), Is.EqualTo(new[] { "RecordRun Failed" }));
        Assert.That(summary.Objects, Is.EqualTo(ObjectCounts.None));
    }

    [Test]
    public async Task RunAsync_PlanningThrottled_IsRetried()
    {
        Host.Fail("PlanTargets 0", Throttled, times: 2);
        await StartAsync(siteCount: 1);

        await Host.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.That(Host.Pauses("PlanTargets 0"), Is.EqualTo(new[] { 2, 4 }));
        Assert.That((await SummaryAsync()).Status, Is.EqualTo(RunStatus.Completed));
    }

    [Test]
    public async Task RunAsync_SlotTakenWhilePlanning_WaitsAndPlansThen()
    {
        Fakes.Script("PlanTargets 0", new PlanTargetsOutput(0, 0, null, TestRun.StartUtc.AddSeconds(3)));
        await StartAsync(siteCount: 1);
        Assert.That(RunSteps, Is.EqualTo(new[] { "PlanTargets 0" }));

        await Host.AdvanceAsync(TimeSpan.FromSeconds(3));

        Assert.That(RunSteps, Is.EqualTo(new[] { "PlanTargets 0", "PlanTargets 0", "Aggregate []" }));
        Assert.That((await SummaryAsync()).Objects.Ingested, Is.EqualTo(10));
    }

    [Test]
    public async Task RunAsync_MoreSitesThanMayRunAtOnce_StartsTheNextWhenOneEnds()
    {
        Fakes.Script("CrawlBatch 0/0", Later(segment: 0, seconds: 60));
        Fakes.Script("CrawlBatch 100000/0", Later(segment: 0, seconds: 30));
        await StartAsync(siteCount: 3, maxParallelSites: 2);
        var thirdAtFirst = await Host.FindAsync(TestRun.SiteId(2));

        await Host.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.That(thirdAtFirst, Is.Null);
        Assert.That((await Host.FindAsync(TestRun.SiteId(0)))!.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Running));
        Assert.That((await Host.FindAsync(TestRun.SiteId(2)))!.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Completed));
    }

    [Test]
    public async Task RunAsync_OneBatchFails_IsAProblemAndTheRestIsDelivered()
    {
        Fakes.Targets[0] = 20;
        Host.Fail("CrawlBatch 1/0", Bug);
        await StartAsync(siteCount: 2);

        var summary = await SummaryAsync();
        Assert.That(summary.Status, Is.EqualTo(RunStatus.CompletedWithErrors));
        Assert.That(summary.Problems, Is.EqualTo(new[] { "batch 1: crawl-failed: This never works." }));
        var expected = new ObjectCounts { Ingested = 30, Delivered = 12, Unchanged = 2, Filtered = 2, Quarantined = 2, Failed = 12 };
        Assert.That(summary.Objects, Is.EqualTo(expected));
        AssertAddsUp(summary.Objects);
    }

    [Test]
    public async Task RunAsync_ASiteBreaksOff_WhatItDeliveredCountsAndTheRestFails()
    {
        Fakes.Targets[0] = 30;
        Fakes.Script("CrawlBatch 2/0", Later(segment: 0, seconds: 60));
        await StartAsync(siteCount: 2);

        await Host.TerminateAsync(TestRun.SiteId(0));

        var summary = await SummaryAsync();
        Assert.That(summary.Status, Is.EqualTo(RunStatus.CompletedWithErrors));
        Assert.That(summary.Problems.Single(), Does.StartWith("https://shop0.example/: ").And.Contains("terminated"));
        // Two batches of seven clean objects each were there, and the other site's.
        var expected = new ObjectCounts { Ingested = 40, Delivered = 18, Unchanged = 3, Filtered = 1, Quarantined = 1, Failed = 17 };
        Assert.That(summary.Objects, Is.EqualTo(expected));
        AssertAddsUp(summary.Objects);
    }

    [Test]
    public async Task RunAsync_Cancelled_EndsAsCancelledAndAddsUp()
    {
        Fakes.Targets[0] = 20;
        Fakes.Script("CrawlBatch 1/0", Later(segment: 1, seconds: 30, pageCount: 4));
        await StartAsync(siteCount: 2);

        Fakes.IsCancelled = true;
        await Host.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.That(Host.StepsOf(TestRun.SiteId(0)).TakeLast(2), Is.EqualTo(new[] { "CrawlBatch 1/1", "CleanBatch 1 cancelled" }));
        var summary = await SummaryAsync();
        Assert.That(summary.Status, Is.EqualTo(RunStatus.Cancelled));
        Assert.That(summary.Problems, Is.Empty);
        Assert.That(summary.Objects.Delivered, Is.EqualTo(12));
        AssertAddsUp(summary.Objects);
        Assert.That(Host.StepsOf(TestRun.RecordId("close"))[^1], Is.EqualTo("RecordRun Cancelled"));
    }

    private IReadOnlyList<string> RunSteps => [.. Host.StepsOf(TestRun.Id).Where(step => !step.StartsWith("Remember", StringComparison.Ordinal))];

    private Task StartAsync(int siteCount, int maxParallelSites = 8) =>
        Host.StartAsync(nameof(TenantCrawlOrchestrator), TestRun.Id, TestRun.Input(siteCount, maxParallelSites));

    private Task<RunSummary> SummaryAsync() => Host.OutputAsync<RunSummary>(TestRun.Id);
}
