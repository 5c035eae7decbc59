using Marketline.Core.Extract;
using Marketline.Core.Faults;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Activities.Lineage;

/// <summary>The table service is away: records fail in the way that is repeated, and when it is back nothing is missing.</summary>
public sealed class TablesAwayTests
{
    private AzuriteProcess _azurite = null!;
    private ActivityWorker _worker = null!;
    private RunRef _run = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _azurite = await AzuriteProcess.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _azurite.DisposeAsync();

    [SetUp]
    public async Task SetUp()
    {
        _worker = await ActivityWorker.StartAsync(new WorkerSetup { ConnectionString = _azurite.ConnectionString, HasQuickRetries = true });
        _run = ActivityWorker.NewRun();
    }

    [TearDown]
    public async Task TearDown()
    {
        _azurite.StopTables();
        _azurite.StartTables();
        await _worker.DisposeAsync();
    }

    [Test]
    public async Task WriteLineage_AwayFromTheStart_IsTransientAndCatchesUp()
    {
        await WriteOutcomesAsync(count: 250);
        _azurite.StopTables();

        Assert.That(() => _worker.WriteLineageAsync(new WriteLineageInput(_run, 0, 1)), Throws.TypeOf<TransientStepException>());
        _azurite.StartTables();

        var output = await _worker.WriteLineageAsync(new WriteLineageInput(_run, 0, 1));
        Assert.That((output.RowCount, await RowCountAsync()), Is.EqualTo((250L, 250)));
    }

    [Test]
    public async Task WriteLineage_AwayAfterItHadWorked_IsTransientAndCatchesUp()
    {
        await WriteOutcomesAsync(count: 10);
        await _worker.WriteLineageAsync(new WriteLineageInput(_run, 0, 1));
        await WriteOutcomesAsync(count: 250);
        _azurite.StopTables();

        Assert.That(() => _worker.WriteLineageAsync(new WriteLineageInput(_run, 0, 1)), Throws.TypeOf<TransientStepException>());
        _azurite.StartTables();

        await _worker.WriteLineageAsync(new WriteLineageInput(_run, 0, 1));
        Assert.That(await RowCountAsync(), Is.EqualTo(250));
    }

    [Test]
    public async Task RecordRun_Away_IsTransientAndCatchesUp()
    {
        var runs = _worker.Get<TableRunStore>();
        await runs.TryAddAsync(new RunRecord { Run = _run, Status = RunStatus.Scheduled }, CancellationToken.None);
        _azurite.StopTables();

        Assert.That(() => _worker.RecordRunAsync(new RecordRunInput(_run)), Throws.TypeOf<TransientStepException>());
        _azurite.StartTables();

        await _worker.RecordRunAsync(new RecordRunInput(_run));
        Assert.That((await runs.FindAsync(_run.RunId, CancellationToken.None))!.Status, Is.EqualTo(RunStatus.Running));
    }

    private Task WriteOutcomesAsync(int count) =>
        _worker
            .Blobs(_run)
            .WriteOutcomesAsync(
                0,
                [
                    .. Enumerable
                        .Range(0, count)
                        .Select(i => new ObjectOutcome
                        {
                            ObjectKey = Digest.Of($"{i}"),
                            Url = ShopPages.Url($"{i}"),
                            Type = ObjectType.Offer,
                            State = ObjectState.Failed,
                            Reason = "not-found",
                            Blocks = [],
                        }),
                ]
            );

    private async Task<int> RowCountAsync()
    {
        var count = 0;
        await foreach (var _ in _worker.Get<TableLineageStore>().ListAsync(_run.RunId, 0, CancellationToken.None))
        {
            count++;
        }

        return count;
    }
}
