using Marketline.Core.Lineage;
using Marketline.LocalHost.Engine.History;
using Marketline.Orchestrators.Lineage;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.Orchestrators.Lineage;

public sealed class RecordRunOrchestratorTests : OrchestratorTest
{
    private static readonly string Id = TestRun.RecordId("close");

    [Test]
    public async Task RunAsync_Opening_OpensTheRow()
    {
        await StartAsync(new RecordRunCheckpoint { Run = TestRun.Ref });

        Assert.That(Host.StepsOf(Id), Is.EqualTo(new[] { "RecordRun open" }));
        Assert.That(await StatusAsync(), Is.EqualTo(OrchestrationRuntimeStatus.Completed));
    }

    [Test]
    public async Task RunAsync_Again_WritesTheBatchesThatHaveOutcomes()
    {
        Fakes.Outcomes[0] = Fakes.Outcomes[1] = Fakes.Outcomes[3] = 7;
        await StartAsync(TestRun.Closing() with { IsAgain = true });

        var expected = new[] { "ListBatches ", "WriteLineage 0+2 not-aggregated", "WriteLineage 3+1 not-aggregated", "RecordRun Completed" };
        Assert.That(Host.StepsOf(Id), Is.EqualTo(expected));
        Assert.That(Fakes.ClosingRecord!.LineageRowCount, Is.EqualTo(21));
    }

    [Test]
    public async Task RunAsync_Window_WritesLineageAndLeavesTheRowAlone()
    {
        await StartAsync(new RecordRunCheckpoint { Run = TestRun.Ref, Batches = [new BatchRange(20, 20)] });

        Assert.That(Host.StepsOf(Id), Is.EqualTo(new[] { "WriteLineage 20+8", "WriteLineage 28+8", "WriteLineage 36+4" }));
        Assert.That(await StatusAsync(), Is.EqualTo(OrchestrationRuntimeStatus.Completed));
    }

    [Test]
    public async Task RunAsync_WindowWhileTheTablesAreAway_IsLeftToTheClosingRecord()
    {
        Host.Fail("WriteLineage 28+8", Throttled);
        await StartAsync(new RecordRunCheckpoint { Run = TestRun.Ref, Batches = [new BatchRange(20, 20)] });

        Assert.That(Host.StepsOf(Id), Is.EqualTo(new[] { "WriteLineage 20+8", "WriteLineage 28+8" }));
        Assert.That(await StatusAsync(), Is.EqualTo(OrchestrationRuntimeStatus.Completed));
        Assert.That((await Host.FindAsync(Id))!.ReadCustomStatusAs<string>(), Is.EqualTo("left to the closing record: The service is busy."));
    }

    [Test]
    public async Task RunAsync_Closing_WritesAllLineageThenClosesTheRow()
    {
        await StartAsync(TestRun.Closing(new BatchRange(0, 9), new BatchRange(100_000, 1)));

        var expected = new[]
        {
            "WriteLineage 0+8 not-aggregated",
            "WriteLineage 8+1 not-aggregated",
            "WriteLineage 100000+1 not-aggregated",
            "RecordRun Completed",
        };
        Assert.That(Host.StepsOf(Id), Is.EqualTo(expected));
    }

    [Test]
    public async Task RunAsync_TablesAway_WaitsLongerEachTimeUpToTwoMinutes()
    {
        Host.Fail("WriteLineage", Throttled);
        await StartAsync(TestRun.Closing(new BatchRange(0, 1)));

        await Host.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.That(Host.Pauses("WriteLineage 0+1 not-aggregated"), Is.EqualTo(new[] { 2, 4, 8, 16, 32, 64, 120, 120, 120 }));
        Assert.That((await Host.FindAsync(Id))!.ReadCustomStatusAs<string>(), Is.EqualTo("waiting: The service is busy."));
    }

    [Test]
    public async Task RunAsync_TablesBackAfterHours_GoesOnWhereItWas()
    {
        Host.Fail("WriteLineage 8+8 not-aggregated", Throttled);
        await StartAsync(TestRun.Closing(new BatchRange(0, 16)));
        await Host.AdvanceAsync(TimeSpan.FromHours(6), TimeSpan.FromSeconds(10));

        Host.Mend();
        await Host.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.That(
            Host.StepsOf(Id).Distinct(),
            Is.EqualTo(new[] { "WriteLineage 0+8 not-aggregated", "WriteLineage 8+8 not-aggregated", "RecordRun Completed" })
        );
        Assert.That(Host.StepsOf(Id).Count(step => step == "WriteLineage 0+8 not-aggregated"), Is.EqualTo(1));
        Assert.That(await StatusAsync(), Is.EqualTo(OrchestrationRuntimeStatus.Completed));
    }

    [Test]
    public async Task RunAsync_FailureThatLooksPermanent_IsNotGivenUpEither()
    {
        Host.Fail("RecordRun", Bug, times: 3);
        await StartAsync(TestRun.Closing());

        await Host.AdvanceAsync(TimeSpan.FromSeconds(20));

        Assert.That(Host.Pauses("RecordRun Completed"), Is.EqualTo(new[] { 2, 4, 8 }));
        Assert.That(await StatusAsync(), Is.EqualTo(OrchestrationRuntimeStatus.Completed));
    }

    [Test]
    public async Task RunAsync_FailureWithAVeryLongMessage_GoesOn()
    {
        Host.Fail("RecordRun", new InvalidOperationException(new string('x', 20_000)), times: 1);
        await StartAsync(TestRun.Closing());

        await Host.AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.That(Host.StepsOf(Id), Has.Count.EqualTo(2));
        Assert.That(await StatusAsync(), Is.EqualTo(OrchestrationRuntimeStatus.Completed));
    }

    [Test]
    public async Task RunAsync_MoreWritesThanAHistoryHolds_ContinuesAsNewAndCountsAllRows()
    {
        foreach (var batch in Enumerable.Range(0, 420))
        {
            Fakes.Outcomes[batch] = 10;
        }

        await StartAsync(TestRun.Closing(new BatchRange(0, 420)));

        var expected = Enumerable.Range(0, 53).Select(i => $"WriteLineage {8 * i}+{Math.Min(8, 420 - (8 * i))} not-aggregated");
        Assert.That(Host.StepsOf(Id), Is.EqualTo(expected.Append("RecordRun Completed")));
        Assert.That(Fakes.ClosingRecord!.LineageRowCount, Is.EqualTo(4_200));
        var history = await Host.HistoryAsync(Id);
        Assert.That(history.OfType<ExecutionStarted>().Single().Execution, Is.EqualTo(1));
        Assert.That(history, Has.Count.LessThan(30));
    }

    [Test]
    public async Task RunAsync_ManyBatchesLeft_CarriesOnThreeRangesNotEveryWrite()
    {
        var ranges = Enumerable.Range(0, 3).Select(site => new BatchRange(site * 100_000, 1_000)).ToArray();
        Host.Fail("WriteLineage 100200+8 not-aggregated", Throttled);
        await StartAsync(TestRun.Closing(ranges));

        var start = (await Host.HistoryAsync(Id)).OfType<ExecutionStarted>().Single();

        Assert.That(start.Execution, Is.EqualTo(3));
        Assert.That(start.Input, Does.Contain("\"First\":100200,\"Count\":800").And.Contain("\"First\":200000,\"Count\":1000"));
        Assert.That(start.Input, Has.Length.LessThan(1_000));
    }

    private Task StartAsync(RecordRunCheckpoint checkpoint) => Host.StartAsync(nameof(RecordRunOrchestrator), Id, checkpoint);

    private async Task<OrchestrationRuntimeStatus?> StatusAsync() => (await Host.FindAsync(Id))?.RuntimeStatus;
}
