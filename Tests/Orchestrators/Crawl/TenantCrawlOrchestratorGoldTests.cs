using Marketline.Core.Runs;
using Marketline.Orchestrators.Crawl;

namespace Marketline.Tests.Orchestrators.Crawl;

/// <summary>The end of a run: the gold step, and the records that go on beside the run.</summary>
public sealed class TenantCrawlOrchestratorGoldTests : OrchestratorTest
{
    [Test]
    public async Task RunAsync_GoldBusy_WaitsUntilItIsFree()
    {
        Fakes.GoldBusyCount = 3;
        await StartAsync();

        await Host.AdvanceAsync(TimeSpan.FromSeconds(15));

        Assert.That(Host.Pauses("Aggregate []"), Is.EqualTo(new[] { 5, 5, 5 }));
        Assert.That((await SummaryAsync()).Status, Is.EqualTo(RunStatus.Completed));
    }

    [Test]
    public async Task RunAsync_DamagedBatch_IsCleanedOnceMoreFromTheRawArchive()
    {
        Fakes.DamagedBatches.Add(1);
        await StartAsync();

        Assert.That(GoldSteps, Is.EqualTo(new[] { "Aggregate []", "CleanBatch 1", "Aggregate []" }));
        var summary = await SummaryAsync();
        Assert.That(summary.Status, Is.EqualTo(RunStatus.Completed));
        Assert.That(summary.Objects.Delivered + summary.Objects.Unchanged, Is.EqualTo(14));
        AssertAddsUp(summary.Objects);
    }

    [Test]
    public async Task RunAsync_BatchThatStaysDamaged_IsLeftOut()
    {
        Fakes.DamagedBatches.Add(1);
        Fakes.DoesCleaningMend = false;
        await StartAsync();

        Assert.That(GoldSteps, Is.EqualTo(new[] { "Aggregate []", "CleanBatch 1", "Aggregate []", "Aggregate [1]" }));
        var summary = await SummaryAsync();
        Assert.That(summary.Status, Is.EqualTo(RunStatus.CompletedWithErrors));
        Assert.That(summary.Problems, Is.EqualTo(new[] { "batch 1: its clean file is damaged" }));
        var expected = new ObjectCounts { Ingested = 20, Delivered = 6, Unchanged = 1, Filtered = 2, Quarantined = 2, Failed = 9 };
        Assert.That(summary.Objects, Is.EqualTo(expected));
        AssertAddsUp(summary.Objects);
    }

    [Test]
    public async Task RunAsync_DamagedBatchThatCanNotBeCleanedAgain_IsLeftOutAndTheRestIsDelivered()
    {
        Fakes.DamagedBatches.Add(1);
        Host.Fail("Aggregate []", Throttled, times: 1);
        await StartAsync();
        Host.Fail("CleanBatch 1", Bug);

        await Host.AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.That(GoldSteps, Is.EqualTo(new[] { "Aggregate []", "Aggregate []", "CleanBatch 1", "Aggregate [1]" }));
        var summary = await SummaryAsync();
        Assert.That(summary.Problems, Is.EqualTo(new[] { "batch 1: its clean file is damaged" }));
        Assert.That(summary.Objects.Delivered, Is.EqualTo(6));
        AssertAddsUp(summary.Objects);
    }

    [Test]
    public async Task RunAsync_TwoDamagedBatches_EachIsMendedOnItsOwn()
    {
        Fakes.DamagedBatches.UnionWith([0, 1]);
        await StartAsync();

        Assert.That(GoldSteps, Is.EqualTo(new[] { "Aggregate []", "CleanBatch 0", "Aggregate []", "CleanBatch 1", "Aggregate []" }));
        AssertAddsUp((await SummaryAsync()).Objects);
    }

    [Test]
    public async Task RunAsync_AggregationFailsForGood_NothingIsDeliveredAndAllIsAccountedFor()
    {
        Host.Fail("Aggregate", Bug);
        await StartAsync();

        Assert.That(GoldSteps, Is.EqualTo(new[] { "Aggregate []" }));
        var summary = await SummaryAsync();
        Assert.That(summary.Status, Is.EqualTo(RunStatus.CompletedWithErrors));
        Assert.That(summary.Problems, Is.EqualTo(new[] { "aggregation failed: This never works." }));
        Assert.That(summary.Objects, Is.EqualTo(new ObjectCounts { Ingested = 20, Filtered = 2, Quarantined = 2, Failed = 16 }));
        AssertAddsUp(summary.Objects);
    }

    [Test]
    public async Task RunAsync_BatchThatNoStepCouldFinish_ItsCleanObjectsCountOnce()
    {
        Host.Fail("CleanBatch 0", Bug);
        Host.Fail("FailBatch 0", Bug);
        await StartAsync();

        var summary = await SummaryAsync();
        Assert.That(summary.Objects, Is.EqualTo(new ObjectCounts { Ingested = 20, Delivered = 6, Unchanged = 1, Filtered = 1, Quarantined = 1, Failed = 11 }));
        AssertAddsUp(summary.Objects);
    }

    [Test]
    public async Task RunAsync_TablesAwayForHours_TheRunCompletesAndTheRecordsCatchUp()
    {
        Host.Fail("RecordRun", Throttled);
        Host.Fail("WriteLineage", Throttled);
        await StartAsync();
        var summary = await SummaryAsync();

        await Host.AdvanceAsync(TimeSpan.FromHours(5), TimeSpan.FromSeconds(10));
        var closedWhileAway = Fakes.ClosingRecord;
        Host.Mend();
        await Host.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.That(summary.Status, Is.EqualTo(RunStatus.Completed));
        Assert.That(summary.FinishedUtc, Is.EqualTo(TestRun.StartUtc));
        Assert.That(closedWhileAway, Is.Null);
        Assert.That(Fakes.ClosingRecord!.Summary!.Objects, Is.EqualTo(summary.Objects));
        Assert.That(Fakes.ClosingRecord.LineageRowCount, Is.EqualTo(20));
        Assert.That(Fakes.Lineage.Values.Sum(), Is.EqualTo(20));
    }

    [Test]
    public async Task RunAsync_LongRun_ItsWindowsAreRecordedBeforeItEnds()
    {
        Fakes.Targets[0] = 450;
        Fakes.Script("CrawlBatch 44/0", Later(segment: 0, seconds: 60));
        await StartAsync();
        var rowsBefore = Fakes.Lineage.Values.Sum();

        await Host.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.That(rowsBefore, Is.EqualTo(400));
        Assert.That(Fakes.ClosingRecord!.LineageRowCount, Is.EqualTo(450));
        AssertAddsUp((await SummaryAsync()).Objects);
    }

    [Test]
    public async Task RunAsync_WindowNotRecordedWhileTheTablesWereAway_IsNotWrittenAfterTheClosingRecord()
    {
        Fakes.Targets[0] = 450;
        Fakes.Script("CrawlBatch 44/0", Later(segment: 0, seconds: 60));
        Host.Fail("WriteLineage", Throttled);
        await StartAsync();

        Host.Mend();
        await Host.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.That(Host.StepsOf(TestRun.RecordId("from0")), Is.EqualTo(new[] { "WriteLineage 0+8" }));
        Assert.That(Fakes.ClosingRecord!.LineageRowCount, Is.EqualTo(450));
    }

    private IReadOnlyList<string> GoldSteps => [.. Host.StepsOf(TestRun.Id).Where(step => !step.StartsWith("Plan", StringComparison.Ordinal) && !step.StartsWith("Remember", StringComparison.Ordinal))];

    private Task StartAsync()
    {
        Fakes.Targets.TryAdd(0, 20);
        return Host.StartAsync(nameof(TenantCrawlOrchestrator), TestRun.Id, TestRun.Input(siteCount: 1));
    }

    private Task<RunSummary> SummaryAsync() => Host.OutputAsync<RunSummary>(TestRun.Id);
}
