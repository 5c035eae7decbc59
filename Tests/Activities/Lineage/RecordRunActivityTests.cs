using Marketline.Core.Aggregate;
using Marketline.Core.Lineage;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;

namespace Marketline.Tests.Activities.Lineage;

public sealed class RecordRunActivityTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 15, 5, TimeSpan.Zero);

    private ManualTimeProvider _clock = null!;
    private ActivityWorker _worker = null!;
    private RunRef _run = null!;

    [SetUp]
    public async Task SetUp()
    {
        _clock = new ManualTimeProvider(Now);
        _worker = await ActivityWorker.StartAsync(new WorkerSetup { Time = _clock });
        _run = ActivityWorker.NewRun();
        await _worker.Get<TableRunStore>().TryAddAsync(new RunRecord { Run = _run, Status = RunStatus.Scheduled }, CancellationToken.None);
    }

    [TearDown]
    public async Task TearDown() => await _worker.DisposeAsync();

    [Test]
    public async Task RunAsync_Open_RunIsRunningSinceThen()
    {
        await _worker.RecordRunAsync(new RecordRunInput(_run));

        var row = await FindAsync();
        Assert.That((row.Status, row.StartedUtc, row.FinishedUtc), Is.EqualTo((RunStatus.Running, (DateTimeOffset?)Now, (DateTimeOffset?)null)));
    }

    [Test]
    public async Task RunAsync_OpenTwice_KeepsTheFirstTime()
    {
        await _worker.RecordRunAsync(new RecordRunInput(_run));
        _clock.Advance(TimeSpan.FromMinutes(1));

        await _worker.RecordRunAsync(new RecordRunInput(_run));

        Assert.That((await FindAsync()).StartedUtc, Is.EqualTo(Now));
    }

    [TestCase(RunStatus.Completed)]
    [TestCase(RunStatus.CompletedWithErrors)]
    [TestCase(RunStatus.Failed)]
    [TestCase(RunStatus.Cancelled)]
    public async Task RunAsync_Close_RowHasTheSummary(RunStatus status)
    {
        await _worker.RecordRunAsync(new RecordRunInput(_run));

        await _worker.RecordRunAsync(new RecordRunInput(_run, Summary(status), LineageRowCount: 9));

        var row = await FindAsync();
        Assert.That(
            (row.Status, row.StartedUtc, row.FinishedUtc, row.PageCount, row.BatchCount, row.LineageRowCount, row.IsLineageComplete),
            Is.EqualTo((status, (DateTimeOffset?)Now.AddSeconds(-1), (DateTimeOffset?)Now.AddMinutes(3), 10L, 2, 9L, true))
        );
        Assert.That(row.Objects, Is.EqualTo(Summary(status).Objects));
        Assert.That(row.Datasets, Is.EqualTo(Summary(status).Datasets));
        Assert.That(row.Problems, Is.EqualTo(new[] { "batch 1: lost" }));
    }

    [Test]
    public async Task RunAsync_OpenComesAfterClose_RunStaysClosed()
    {
        await _worker.RecordRunAsync(new RecordRunInput(_run, Summary(RunStatus.Completed), LineageRowCount: 9));
        var closed = await FindAsync();

        await _worker.RecordRunAsync(new RecordRunInput(_run));

        var row = await FindAsync();
        Assert.That((row.Status, row.StartedUtc, row.Objects), Is.EqualTo((RunStatus.Completed, closed.StartedUtc, closed.Objects)));
        Assert.That(row.IsLineageComplete, Is.True);
    }

    [Test]
    public async Task RunAsync_OpenAndCloseAtOnceOnTwoWorkers_RunIsClosed()
    {
        await using var other = await ActivityWorker.StartAsync();

        await Task.WhenAll(
            _worker.RecordRunAsync(new RecordRunInput(_run)),
            other.RecordRunAsync(new RecordRunInput(_run, Summary(RunStatus.Completed), LineageRowCount: 9))
        );

        var row = await FindAsync();
        Assert.That((row.Status, row.LineageRowCount), Is.EqualTo((RunStatus.Completed, 9L)));
    }

    [Test]
    public async Task RunAsync_CloseTwice_IsTheSameRow()
    {
        var input = new RecordRunInput(_run, Summary(RunStatus.Completed), LineageRowCount: 9);
        await _worker.RecordRunAsync(input);

        await _worker.RecordRunAsync(input);

        Assert.That((await FindAsync()).LineageRowCount, Is.EqualTo(9));
    }

    [Test]
    public async Task RunAsync_ProblemsAreWholeReports_RowHasTheirBeginnings()
    {
        var reports = Enumerable.Repeat("batch 1: " + new string('x', 50_000), 20).ToList();

        await _worker.RecordRunAsync(new RecordRunInput(_run, Summary(RunStatus.CompletedWithErrors) with { Problems = reports }));

        Assert.That((await FindAsync()).Problems, Has.Count.EqualTo(20).And.All.StartsWith("batch 1: xxx"));
    }

    private async Task<RunRecord> FindAsync() => (await _worker.Get<TableRunStore>().FindAsync(_run.RunId, CancellationToken.None))!;

    private static RunSummary Summary(RunStatus status) =>
        new()
        {
            Status = status,
            StartedUtc = Now.AddSeconds(-1),
            FinishedUtc = Now.AddMinutes(3),
            PageCount = 10,
            BatchCount = 2,
            Objects = new ObjectCounts { Ingested = 9, Delivered = 5, Unchanged = 1, Filtered = 1, Quarantined = 1, Failed = 1 },
            Datasets = [new DatasetWrite("latest_offers", "gold/latest_offers/x.parquet", 6)],
            Problems = ["batch 1: lost"],
        };
}
