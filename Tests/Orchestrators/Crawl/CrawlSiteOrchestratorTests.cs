using Marketline.Core.Crawl;
using Marketline.Core.Runs;
using Marketline.LocalHost.Engine.History;
using Marketline.Orchestrators.Crawl;

namespace Marketline.Tests.Orchestrators.Crawl;

public sealed class CrawlSiteOrchestratorTests : OrchestratorTest
{
    [Test]
    public async Task RunAsync_TwoBatches_CleansEachWhileTheNextIsCrawled()
    {
        await StartAsync(targetCount: 15);

        Assert.That(Steps(0), Is.EqualTo(new[] { "CrawlBatch 0/0", "CleanBatch 0", "CrawlBatch 1/0", "CleanBatch 1" }));
        var output = await OutputAsync();
        Assert.That(output.PageCount, Is.EqualTo(20));
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 15, Filtered = 2, Quarantined = 2, Failed = 2 }));
        Assert.That(output.Problems, Is.Empty);
        Assert.That(await ProgressAsync(), Is.EqualTo(new SiteProgress(2, 2, 20)));
    }

    [Test]
    public async Task RunAsync_NoBatches_CallsNothing()
    {
        await StartAsync(targetCount: 0);

        Assert.That(Steps(0), Is.Empty);
        Assert.That((await OutputAsync()).Objects, Is.EqualTo(ObjectCounts.None));
    }

    [Test]
    public async Task RunAsync_SecondSite_NumbersItsBatchesFromItsOwnFirst()
    {
        await Host.StartAsync(nameof(CrawlSiteOrchestrator), TestRun.SiteId(1), TestRun.SiteInput(15, site: 1));

        var expected = new[] { "CrawlBatch 100000/0", "CleanBatch 100000", "CrawlBatch 100001/0", "CleanBatch 100001" };
        Assert.That(Steps(1), Is.EqualTo(expected));
        Assert.That((await Host.OutputAsync<CrawlSiteOutput>(TestRun.SiteId(1))).Objects.Ingested, Is.EqualTo(15));
    }

    [Test]
    public async Task RunAsync_BatchThatTakesSeveralTimeBoxes_GoesOnFromTheCursor()
    {
        Fakes.Script("CrawlBatch 0/0", new CrawlBatchOutput { IsDone = false, NextSegment = 1, PageCount = 6 });
        Fakes.Script("CrawlBatch 0/1", Later(segment: 2, seconds: 30, pageCount: 3));
        Fakes.Script("CrawlBatch 0/2", new CrawlBatchOutput { IsDone = true, NextSegment = 3, PageCount = 1 });
        await StartAsync(targetCount: 10);
        Assert.That(Steps(0), Is.EqualTo(new[] { "CrawlBatch 0/0", "CrawlBatch 0/1" }));

        await Host.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.That(Steps(0), Is.EqualTo(new[] { "CrawlBatch 0/0", "CrawlBatch 0/1", "CrawlBatch 0/2", "CleanBatch 0" }));
        Assert.That((await OutputAsync()).PageCount, Is.EqualTo(10));
    }

    [Test]
    public async Task RunAsync_SlotTaken_WaitsOnATimerAndTriesTheSameSegmentAgain()
    {
        Fakes.Script("CrawlBatch 0/0", Later(segment: 0, seconds: 5), Later(segment: 0, seconds: 10));
        await StartAsync(targetCount: 10);

        await Host.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.That(Steps(0), Is.EqualTo(new[] { "CrawlBatch 0/0", "CrawlBatch 0/0", "CrawlBatch 0/0", "CleanBatch 0" }));
        Assert.That(Host.Pauses("CrawlBatch 0/0"), Is.EqualTo(new[] { 5, 5 }));
        Assert.That((await OutputAsync()).Problems, Is.Empty);
    }

    [Test]
    public async Task RunAsync_TransientFailure_IsRetried()
    {
        Host.Fail("CrawlBatch 0/0", Throttled, times: 2);
        Host.Fail("CleanBatch 0", Throttled, times: 1);
        await StartAsync(targetCount: 10);

        await Host.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.That(Host.Pauses("CrawlBatch 0/0"), Is.EqualTo(new[] { 2, 4 }));
        Assert.That(Host.Pauses("CleanBatch 0"), Is.EqualTo(new[] { 2 }));
        Assert.That((await OutputAsync()).Problems, Is.Empty);
    }

    [Test]
    public async Task RunAsync_TransientFailureThatStays_EndsAfterEightAttempts()
    {
        Host.Fail("CrawlBatch 0/0", Throttled);
        await StartAsync(targetCount: 10);

        await Host.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.That(Host.Pauses("CrawlBatch 0/0"), Is.EqualTo(new[] { 2, 4, 8, 16, 32, 64, 120 }));
        Assert.That(Steps(0)[^1], Is.EqualTo("CleanBatch 0 crawl-failed: The service is busy."));
        Assert.That((await OutputAsync()).Problems, Is.EqualTo(new[] { "batch 0: crawl-failed: The service is busy." }));
    }

    [Test]
    public async Task RunAsync_CrawlFailsForGood_FailsThatBatchOnly()
    {
        Host.Fail("CrawlBatch 1/0", Bug);
        await StartAsync(targetCount: 30);

        var expected = new[]
        {
            "CrawlBatch 0/0", "CleanBatch 0",
            "CrawlBatch 1/0", "CleanBatch 1 crawl-failed: This never works.",
            "CrawlBatch 2/0", "CleanBatch 2",
        };
        Assert.That(Steps(0), Is.EqualTo(expected));
        var output = await OutputAsync();
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 30, Filtered = 2, Quarantined = 2, Failed = 12 }));
        Assert.That(output.Problems, Is.EqualTo(new[] { "batch 1: crawl-failed: This never works." }));
    }

    [Test]
    public async Task RunAsync_CleanFailsForGood_FailsEveryTargetOfThatBatch()
    {
        Host.Fail("CleanBatch 0", Bug);
        await StartAsync(targetCount: 20);

        Assert.That(Steps(0), Does.Contain("FailBatch 0 clean-failed: This never works.").And.Contains("CleanBatch 1"));
        Assert.That(Host.Pauses("CleanBatch 0"), Is.Empty);
        var output = await OutputAsync();
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 20, Filtered = 1, Quarantined = 1, Failed = 11 }));
        Assert.That(output.Problems, Is.EqualTo(new[] { "batch 0: clean-failed: This never works." }));
    }

    [Test]
    public async Task RunAsync_EvenTheLastResortFails_CountsTheBatchAndGoesOn()
    {
        Host.Fail("CleanBatch 0", Bug);
        Host.Fail("FailBatch", Bug);
        await StartAsync(targetCount: 20);

        var output = await OutputAsync();
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 20, Filtered = 1, Quarantined = 1, Failed = 1 }));
        Assert.That(output.Objects.InTransit, Is.EqualTo(10 + 7), "the run's end fails what no step has finished");
        Assert.That(output.Problems, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_FailureWithALongMessage_KeepsItsFirstLine()
    {
        Host.Fail("CrawlBatch 0/0", new InvalidOperationException($"{new string('x', 20_000)}\nContent: …"));
        await StartAsync(targetCount: 10);

        var problem = (await OutputAsync()).Problems[0];
        Assert.That(problem, Does.StartWith("batch 0: crawl-failed: xxx").And.EndsWith("x…"));
        Assert.That(problem, Has.Length.LessThan(400));
    }

    [Test]
    public async Task RunAsync_Cancelled_AccountsForEveryBatchWithoutCrawling()
    {
        Fakes.IsCancelled = true;
        await StartAsync(targetCount: 20);

        Assert.That(Steps(0), Is.EqualTo(new[] { "CrawlBatch 0/0", "CleanBatch 0 cancelled", "CrawlBatch 1/0", "CleanBatch 1 cancelled" }));
        var output = await OutputAsync();
        Assert.That(output.IsCancelled, Is.True);
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 20, Failed = 20 }));
        Assert.That(output.Problems, Is.Empty);
    }

    [Test]
    public async Task RunAsync_MoreBatchesThanAWindow_ContinuesAsNewWithAShortHistory()
    {
        // Held at the end of the second window, where the history is longest.
        Fakes.Script("CrawlBatch 39/0", Later(segment: 0, seconds: 60));
        await StartAsync(targetCount: 450);
        var held = await Host.HistoryAsync(TestRun.SiteId(0));

        await Host.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.That(held, Has.Count.LessThan(200));
        Assert.That(held.OfType<ExecutionStarted>().Single().Execution, Is.EqualTo(1));
        Assert.That(await Host.HistoryAsync(TestRun.SiteId(0)), Has.Count.LessThan(60));
        var crawled = Steps(0).Where(step => step.StartsWith("CrawlBatch", StringComparison.Ordinal)).Distinct();
        Assert.That(crawled, Is.EqualTo(Enumerable.Range(0, 45).Select(batch => $"CrawlBatch {batch}/0")));
        Assert.That(Steps(0).Count(step => step.StartsWith("CleanBatch", StringComparison.Ordinal)), Is.EqualTo(45));
        var output = await OutputAsync();
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 450, Filtered = 45, Quarantined = 45, Failed = 45 }));
        Assert.That(output.PageCount, Is.EqualTo(450));
        Assert.That(await ProgressAsync(), Is.EqualTo(new SiteProgress(45, 45, 450)));
    }

    [Test]
    public async Task RunAsync_MoreBatchesThanAWindow_RecordsEveryWindowButTheLast()
    {
        await StartAsync(targetCount: 450);

        Assert.That(Host.StepsOf(TestRun.RecordId("from0")), Is.EqualTo(new[] { "WriteLineage 0+8", "WriteLineage 8+8", "WriteLineage 16+4" }));
        Assert.That(Host.StepsOf(TestRun.RecordId("from20")), Is.EqualTo(new[] { "WriteLineage 20+8", "WriteLineage 28+8", "WriteLineage 36+4" }));
        Assert.That(await Host.FindAsync(TestRun.RecordId("from40")), Is.Null);
    }

    [Test]
    public async Task RunAsync_ManyFailedBatches_KeepsTheFirstTwentyProblems()
    {
        Host.Fail("CrawlBatch", Bug);
        await StartAsync(targetCount: 450);

        var output = await OutputAsync();
        Assert.That(output.Problems, Has.Count.EqualTo(20).And.All.Contains("crawl-failed"));
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 450, Failed = 450 }));
    }

    private IReadOnlyList<string> Steps(int site) => Host.StepsOf(TestRun.SiteId(site));

    private Task StartAsync(int targetCount) =>
        Host.StartAsync(nameof(CrawlSiteOrchestrator), TestRun.SiteId(0), TestRun.SiteInput(targetCount));

    private Task<CrawlSiteOutput> OutputAsync() => Host.OutputAsync<CrawlSiteOutput>(TestRun.SiteId(0));

    private async Task<SiteProgress?> ProgressAsync() => (await Host.FindAsync(TestRun.SiteId(0)))?.ReadCustomStatusAs<SiteProgress>();
}
