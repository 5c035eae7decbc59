using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;

namespace Marketline.Tests.Activities.Clean;

/// <summary>Batches that are taken from another run: cleaned again from its archive, or as they were clean.</summary>
public sealed class SourceBatchTests
{
    private static readonly FetchedPage[] Pages =
    [
        ShopPages.Product("a", "12.50"),
        ShopPages.Product("b", "on request"),
        ShopPages.Failed("c", FetchReasons.HttpError, 500),
        ShopPages.Product("d", "7"),
    ];

    private ActivityWorker _worker = null!;
    private RunRef _source = null!;
    private RunRef _rerun = null!;
    private CleanBatchOutput _first = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _worker = await ActivityWorker.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _worker.DisposeAsync();

    [SetUp]
    public async Task SetUp()
    {
        _source = ActivityWorker.NewRun();
        _rerun = ActivityWorker.Rerun(_source);
        await _worker.Blobs(_source).WriteTargetsAsync(0, ShopPages.Targets(Pages));
        await _worker.Blobs(_source).WriteRawAsync(0, Pages);
        _first = await _worker.CleanAsync(new CleanBatchInput(_source, 0, Pages.Length));
    }

    [Test]
    public async Task Clean_FromTheSourcesArchive_GivesTheSameAsTheRunsOwn()
    {
        var output = await _worker.CleanAsync(Input);

        Assert.That(output, Is.EqualTo(_first));
        Assert.That(await RowsAsync(_rerun), Is.EqualTo(await RowsAsync(_source)));
        Assert.That((await _worker.Blobs(_rerun).OutcomesAsync(0)).Select(Text), Is.EqualTo((await _worker.Blobs(_source).OutcomesAsync(0)).Select(Text)));
        Assert.That((await _worker.Blobs(_rerun).TargetsAsync(0)).Select(target => target.Url), Is.EqualTo(Pages.Select(page => page.Url)));
    }

    [Test]
    public async Task Clean_FromTheSourcesArchive_LineageNamesThatArchive()
    {
        await _worker.CleanAsync(Input);

        var crawled = (await _worker.Blobs(_rerun).OutcomesAsync(0)).SelectMany(outcome => outcome.Blocks).Where(block => block.Step == LineageStep.Crawl);
        Assert.That(crawled.Select(block => block.Dataset).Distinct(), Is.EqualTo(new[] { BlobNames.Raw(_source, 0) }));
    }

    [Test]
    public async Task Clean_ArchiveOfTheSourceIsGone_EveryTargetFails()
    {
        await _worker.Blobs(_source).DeleteAsync(BlobNames.Raw(_source, 0));

        var output = await _worker.CleanAsync(Input);

        Assert.That((output.Objects.Ingested, output.Objects.Failed, output.Problem), Is.EqualTo((4, 4, "raw-missing")));
    }

    [Test]
    public async Task Clean_RerunIsCancelled_EveryTargetFailsAsCancelled()
    {
        await _worker.Blobs(_rerun).WriteAsync(BlobNames.CancelFlag(_rerun.RunId), []);

        var output = await _worker.CleanAsync(Input);

        Assert.That((output.IsCancelled, output.Problem, output.Objects.Failed), Is.EqualTo((true, (string?)null, 4)));
        Assert.That((await _worker.Blobs(_rerun).OutcomesAsync(0)).Select(outcome => outcome.Reason), Is.All.EqualTo("cancelled"));
    }

    [Test]
    public async Task Reuse_Batch_TakesItsFileAndWhatWasClean()
    {
        var output = await _worker.ReuseAsync(Input);

        Assert.That(output, Is.EqualTo(new CleanBatchOutput(new ObjectCounts { Ingested = 2 })));
        Assert.That(await RowsAsync(_rerun), Is.EqualTo(await RowsAsync(_source)));
        var outcomes = await _worker.Blobs(_rerun).OutcomesAsync(0);
        Assert.That(outcomes.Select(outcome => (outcome.Url, outcome.State)), Is.EqualTo(new[] { (ShopPages.Url("a"), ObjectState.InTransit), (ShopPages.Url("d"), ObjectState.InTransit) }));
    }

    [Test]
    public async Task Reuse_FileIsGone_WhatWasCleanFails()
    {
        await _worker.Blobs(_source).DeleteAsync(BlobNames.Clean(_source, 0));

        var output = await _worker.ReuseAsync(Input);

        Assert.That((output.Objects, output.Problem), Is.EqualTo((new ObjectCounts { Ingested = 2, Failed = 2 }, "clean-missing")));
        Assert.That((await _worker.Blobs(_rerun).OutcomesAsync(0)).Select(outcome => outcome.State), Is.All.EqualTo(ObjectState.Failed));
    }

    [Test]
    public async Task Reuse_NothingWasClean_IsNoProblem()
    {
        await _worker.Blobs(_source).WriteOutcomesAsync(0, (await _worker.Blobs(_source).OutcomesAsync(0)).Where(outcome => outcome.State == ObjectState.Failed).ToArray());

        Assert.That(await _worker.ReuseAsync(Input), Is.EqualTo(new CleanBatchOutput(ObjectCounts.None)));
    }

    [Test]
    public async Task Aggregate_OfAReusedBatch_FindsEverythingUnchanged()
    {
        var first = await _worker.AggregateAsync(_source);
        await _worker.ReuseAsync(Input);

        var again = await _worker.AggregateAsync(_rerun);

        Assert.That((first.Objects.Delivered, again.Objects.Unchanged, again.Objects.Delivered), Is.EqualTo((2, 2, 0)));
    }

    private CleanBatchInput Input => new(_rerun, 0, Pages.Length, Source: _source);

    private async Task<List<string>> RowsAsync(RunRef run) =>
        [.. (await _worker.Blobs(run).RowsAsync(BlobNames.Clean(run, 0))).Select(row => row.GetRawText())];

    private static string Text(ObjectOutcome outcome) => $"{outcome.ObjectKey} {outcome.Url} {outcome.State} {outcome.Reason}";
}
