using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.LocalHost.Engine.History;
using Marketline.Orchestrators.Crawl;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.Orchestrators.Crawl;

/// <summary>A site whose batches wait for a place among those that are in flight.</summary>
public sealed class BatchWaitsTests : OrchestratorTest
{
    private static readonly string Site = TestRun.SiteId(0);

    [Test]
    public async Task RunAsync_Queued_GoesOnWhenItIsTold()
    {
        Fakes.Script("CrawlBatch 0/0", Queued(seconds: 60));
        await StartAsync(targetCount: 10);
        var before = Steps();

        await TellAsync();

        Assert.That(before, Is.EqualTo(new[] { "CrawlBatch 0/0" }));
        Assert.That(Steps(), Is.EqualTo(new[] { "CrawlBatch 0/0", "CrawlBatch 0/0", "CleanBatch 0" }));
        Assert.That(Host.Pauses("CrawlBatch 0/0"), Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public async Task RunAsync_QueuedAndNotTold_AsksByItself()
    {
        Fakes.Script("CrawlBatch 0/0", Queued(seconds: 5), Queued(seconds: 15));
        await StartAsync(targetCount: 10);

        await Host.AdvanceAsync(TimeSpan.FromSeconds(15));

        Assert.That(Host.Pauses("CrawlBatch 0/0"), Is.EqualTo(new[] { 5, 10 }));
        Assert.That((await OutputAsync()).Problems, Is.Empty);
    }

    [Test]
    public async Task RunAsync_ToldAfterItHadAskedByItself_TheWordCountsForTheNextWait()
    {
        Fakes.Script("CrawlBatch 0/0", Queued(seconds: 5), Queued(seconds: 3_600));
        await StartAsync(targetCount: 10);
        await Host.AdvanceAsync(TimeSpan.FromSeconds(6));

        await TellAsync();

        Assert.That(Steps(), Is.EqualTo(new[] { "CrawlBatch 0/0", "CrawlBatch 0/0", "CrawlBatch 0/0", "CleanBatch 0" }), "no wait has swallowed it");
    }

    [Test]
    public async Task RunAsync_ToldTooOften_AsksOnceMoreAndWaitsOn()
    {
        Fakes.Script("CrawlBatch 0/0", Queued(seconds: 600), Queued(seconds: 600), Queued(seconds: 600));
        await StartAsync(targetCount: 10);

        await TellAsync();
        await TellAsync();
        var told = Steps().Count;
        await TellAsync();

        Assert.That(told, Is.EqualTo(3));
        Assert.That((await OutputAsync()).Objects.Ingested, Is.EqualTo(10));
    }

    [Test]
    public async Task RunAsync_QueuedInTheMiddleOfABatch_GoesOnWithItsSegment()
    {
        Fakes.Script("CrawlBatch 0/0", Later(segment: 1, seconds: 30, pageCount: 4));
        Fakes.Script("CrawlBatch 0/1", Queued(seconds: 60, segment: 1));
        await StartAsync(targetCount: 10);
        await Host.AdvanceAsync(TimeSpan.FromSeconds(30));

        await TellAsync();

        Assert.That(Steps(), Is.EqualTo(new[] { "CrawlBatch 0/0", "CrawlBatch 0/1", "CrawlBatch 0/1", "CleanBatch 0" }));
        Assert.That((await OutputAsync()).PageCount, Is.EqualTo(14));
    }

    /// <summary>The timer that was not needed does not hold the run up.</summary>
    [Test]
    public async Task RunAsync_ToldInTime_EndsBeforeTheTimerWould()
    {
        Fakes.Script("CrawlBatch 0/0", Queued(seconds: 86_400));
        await StartAsync(targetCount: 10);

        await TellAsync();

        Assert.That((await Host.FindAsync(Site))!.RuntimeStatus, Is.EqualTo(OrchestrationRuntimeStatus.Completed));
    }

    [Test]
    public async Task RunAsync_WaitsVeryOften_ContinuesAsNewInTheMiddleOfTheBatch()
    {
        Fakes.Script("CrawlBatch 0/0", new CrawlBatchOutput { IsDone = true, NextSegment = 1, PageCount = 10 });
        Fakes.Script("CrawlBatch 1/0", Later(segment: 1, seconds: 1, pageCount: 3));
        Fakes.Script("CrawlBatch 1/1", [.. Enumerable.Repeat<object>(Queued(seconds: 36_000, segment: 1), 250)]);
        await StartAsync(targetCount: 30);
        await Host.AdvanceAsync(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 249; i++)
        {
            await TellAsync();
        }

        var history = await Host.HistoryAsync(Site);
        await TellAsync();

        Assert.That(history.OfType<ExecutionStarted>().Single().Execution, Is.EqualTo(2));
        Assert.That(history, Has.Count.LessThan(600));
        Assert.That(Steps().Count(step => step == "CrawlBatch 1/1"), Is.EqualTo(251));
        Assert.That(Steps().Count(step => step == "CleanBatch 0"), Is.EqualTo(1));
        var output = await OutputAsync();
        Assert.That(output.PageCount, Is.EqualTo(10 + 3 + 10 + 10));
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 30, Filtered = 3, Quarantined = 3, Failed = 3 }));
    }

    [Test]
    public async Task RunAsync_DaysPagesAreUsedUp_FailsTheRestOfEachBatchWithThatReason()
    {
        Fakes.Script("CrawlBatch 1/0", new CrawlBatchOutput { IsDone = true, NextSegment = 1, PageCount = 4, Problem = FetchReasons.QuotaPages });
        await StartAsync(targetCount: 20);

        var output = await OutputAsync();
        Assert.That(Steps()[^1], Is.EqualTo("CleanBatch 1 quota-pages"));
        Assert.That(output.Problems, Is.EqualTo(new[] { "batch 1: quota-pages" }));
        Assert.That((output.PageCount, output.IsCancelled), Is.EqualTo((14L, false)));
    }

    private Task StartAsync(int targetCount) => Host.StartAsync(nameof(CrawlSiteOrchestrator), Site, TestRun.SiteInput(targetCount));

    private Task TellAsync() => Host.RaiseAsync(Site, AdmissionNames.Admitted, "its ticket");

    private IReadOnlyList<string> Steps() => Host.StepsOf(Site);

    private Task<CrawlSiteOutput> OutputAsync() => Host.OutputAsync<CrawlSiteOutput>(Site);
}
