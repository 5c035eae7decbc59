using System.Globalization;
using Marketline.Core.Extract;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;

namespace Marketline.Tests.Activities.Lineage;

public sealed class WriteLineageActivityTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private static readonly DateTimeOffset At = new(2026, 11, 21, 3, 20, 0, TimeSpan.Zero);

    private ActivityWorker _worker = null!;
    private RunRef _run = null!;
    private RunBlobs _blobs = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _worker = await ActivityWorker.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _worker.DisposeAsync();

    [SetUp]
    public void SetUp()
    {
        _run = ActivityWorker.NewRun() with { TraceParent = $"00-{TraceId}-b7ad6b7169203331-01" };
        _blobs = _worker.Blobs(_run);
    }

    [Test]
    public async Task RunAsync_EveryState_IsARowWithStateReasonAndTrace()
    {
        var outcomes = Enum.GetValues<ObjectState>()
            .Select((state, i) => Outcome(Key(i), state, state == ObjectState.InTransit ? null : $"because-{state}"))
            .ToArray();
        await _blobs.WriteOutcomesAsync(2, outcomes);

        var output = await _worker.WriteLineageAsync(new WriteLineageInput(_run, 2, 1));

        var rows = await ListAsync(2);
        Assert.That(output.RowCount, Is.EqualTo(outcomes.Length));
        Assert.That(rows.Select(Text), Is.EquivalentTo(outcomes.Select(outcome => Text(new LineageTransaction(_run.RunId, 2, TraceId, outcome)))));
    }

    [Test]
    public async Task RunAsync_GoldHasRun_CleanObjectsHaveItsStateAndBlocks()
    {
        await _blobs.WriteOutcomesAsync(
            0,
            Outcome(Key(1), ObjectState.InTransit),
            Outcome(Key(2), ObjectState.InTransit),
            Outcome(Key(3), ObjectState.InTransit),
            Outcome(Key(4), ObjectState.Failed, "not-found")
        );
        await _blobs.WriteGoldOutcomesAsync(
            0,
            new GoldOutcome(Key(1), ObjectState.Delivered, "new-or-changed", At, 0.5, "gold/latest_offers/x"),
            new GoldOutcome(Key(2), ObjectState.Unchanged, "same-content", At, 0.5, "gold/latest_offers/x"),
            new GoldOutcome(Key(3), ObjectState.Filtered, "duplicate", At, 0.5, null)
        );

        await _worker.WriteLineageAsync(new WriteLineageInput(_run, 0, 1));

        var rows = (await ListAsync(0)).ToDictionary(row => row.Outcome.ObjectKey, row => row.Outcome);
        Assert.That(
            new[] { 1, 2, 3, 4 }.Select(i => (rows[Key(i)].State, rows[Key(i)].Reason)),
            Is.EqualTo(
                new[]
                {
                    (ObjectState.Delivered, "new-or-changed"),
                    (ObjectState.Unchanged, "same-content"),
                    (ObjectState.Filtered, "duplicate"),
                    (ObjectState.Failed, "not-found"),
                }
            )
        );
        Assert.That(rows[Key(1)].Blocks.Select(block => block.Step), Is.EqualTo(new[] { LineageStep.Clean, LineageStep.Aggregate, LineageStep.Store }));
        Assert.That(rows[Key(3)].Blocks[^1], Is.EqualTo(new LineageBlock(LineageStep.Aggregate, StepState.Skipped, At, 0.5, "duplicate")));
    }

    [TestCase(null, ObjectState.InTransit)]
    [TestCase("not-aggregated", ObjectState.Failed)]
    public async Task RunAsync_GoldHasNotRun_LeftOverReasonDecides(string? leftOverReason, ObjectState state)
    {
        await _blobs.WriteOutcomesAsync(0, Outcome(Key(1), ObjectState.InTransit), Outcome(Key(2), ObjectState.Quarantined, "rule"));

        await _worker.WriteLineageAsync(new WriteLineageInput(_run, 0, 1, leftOverReason));

        var rows = (await ListAsync(0)).ToDictionary(row => row.Outcome.ObjectKey, row => (row.Outcome.State, row.Outcome.Reason));
        Assert.That(rows[Key(1)], Is.EqualTo((state, leftOverReason)));
        Assert.That(rows[Key(2)], Is.EqualTo((ObjectState.Quarantined, "rule")));
    }

    [Test]
    public async Task RunAsync_FirstInTransitThenFinal_TheLatestTruthStays()
    {
        await _blobs.WriteOutcomesAsync(0, Outcome(Key(1), ObjectState.InTransit));
        await _worker.WriteLineageAsync(new WriteLineageInput(_run, 0, 1));
        await _blobs.WriteGoldOutcomesAsync(0, new GoldOutcome(Key(1), ObjectState.Delivered, "new-or-changed", At, 1, "gold/x"));

        var output = await _worker.WriteLineageAsync(new WriteLineageInput(_run, 0, 1, "not-aggregated"));

        Assert.That(output.RowCount, Is.EqualTo(1));
        Assert.That((await ListAsync(0)).Single().Outcome.State, Is.EqualTo(ObjectState.Delivered));
    }

    [Test]
    public async Task RunAsync_ManyBatchesAndObjects_AllAreFoundByBatchAndByKey()
    {
        for (var batch = 0; batch < 8; batch++)
        {
            await _blobs.WriteOutcomesAsync(batch, [.. Enumerable.Range(batch * 150, 150).Select(i => Outcome(Key(i), ObjectState.Failed, "not-found"))]);
        }

        var output = await _worker.WriteLineageAsync(new WriteLineageInput(_run, 0, 8));

        Assert.That(output.RowCount, Is.EqualTo(1_200));
        Assert.That((await ListAsync(7)).Select(row => row.Outcome.ObjectKey), Is.EquivalentTo(Enumerable.Range(1_050, 150).Select(Key)));
        Assert.That((await FindAsync(Key(700))).Select(row => (row.RunId, row.Batch)), Is.EqualTo(new[] { (_run.RunId, 4) }));
    }

    [Test]
    public async Task RunAsync_SameObjectTwiceInABatch_IsTwoRows()
    {
        await _blobs.WriteOutcomesAsync(0, Outcome(Key(1), ObjectState.InTransit), Outcome(Key(1), ObjectState.Filtered, "duplicate"));
        await _blobs.WriteGoldOutcomesAsync(0, new GoldOutcome(Key(1), ObjectState.Delivered, "new-or-changed", At, 1, "gold/x"));

        var output = await _worker.WriteLineageAsync(new WriteLineageInput(_run, 0, 1, "not-aggregated"));

        Assert.That(output.RowCount, Is.EqualTo(2));
        Assert.That((await ListAsync(0)).Select(row => row.Outcome.State), Is.EquivalentTo(new[] { ObjectState.Delivered, ObjectState.Filtered }));
    }

    [Test]
    public async Task RunAsync_BatchLeftNoOutcomes_WritesWhatThereIs()
    {
        await _blobs.WriteOutcomesAsync(1, Outcome(Key(1), ObjectState.Failed, "not-found"));

        var output = await _worker.WriteLineageAsync(new WriteLineageInput(_run, 0, 3));

        Assert.That(output.RowCount, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_AddressIsEndless_IsARowAllTheSame()
    {
        var endless = Outcome(Key(1), ObjectState.Failed, "not-found") with { Url = ShopPages.Url(new string('x', 60_000)) };
        await _blobs.WriteOutcomesAsync(0, endless);

        await _worker.WriteLineageAsync(new WriteLineageInput(_run, 0, 1));

        Assert.That((await ListAsync(0)).Single().Outcome.Url, Does.StartWith(ShopPages.Url("xxx")));
    }

    [Test]
    public async Task RunAsync_TwoRunsOfAnObject_NewestFirst()
    {
        var next = ActivityWorker.Later(_run, hours: 1);
        await _blobs.WriteOutcomesAsync(0, Outcome(Key(1), ObjectState.Failed, "not-found"));
        await _worker.Blobs(next).WriteOutcomesAsync(0, Outcome(Key(1), ObjectState.Failed, "blocked"));
        await _worker.WriteLineageAsync(new WriteLineageInput(next, 0, 1));
        await _worker.WriteLineageAsync(new WriteLineageInput(_run, 0, 1));

        var found = await FindAsync(Key(1));

        Assert.That(found.Select(row => (row.RunId, row.Outcome.Reason)), Is.EqualTo(new[] { (next.RunId, "blocked"), (_run.RunId, "not-found") }));
    }

    private async Task<List<LineageTransaction>> ListAsync(int batch)
    {
        var rows = new List<LineageTransaction>();
        await foreach (var row in _worker.Get<TableLineageStore>().ListAsync(_run.RunId, batch, CancellationToken.None))
        {
            rows.Add(row);
        }

        return rows;
    }

    private async Task<List<LineageTransaction>> FindAsync(string key)
    {
        var rows = new List<LineageTransaction>();
        await foreach (var row in _worker.Get<TableLineageStore>().FindAsync(_run.TenantId, key, _run.RunId.Date, CancellationToken.None))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static string Key(int number) => Digest.Of(number.ToString(CultureInfo.InvariantCulture));

    private static string Text(LineageTransaction row) =>
        $"{row.RunId} {row.Batch} {row.TraceId} {row.Outcome.ObjectKey} {row.Outcome.Url} {row.Outcome.Type} {row.Outcome.State} {row.Outcome.Reason} "
        + string.Join(' ', row.Outcome.Blocks);

    private static ObjectOutcome Outcome(string key, ObjectState state, string? reason = null) =>
        new()
        {
            ObjectKey = key,
            Url = ShopPages.Url(key),
            Type = ObjectType.Offer,
            State = state,
            Reason = reason,
            Blocks = [new LineageBlock(LineageStep.Clean, StepState.Succeeded, At, 1.5, null, "clean/x")],
        };
}
