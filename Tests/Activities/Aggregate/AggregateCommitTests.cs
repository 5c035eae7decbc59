using Marketline.Core.Aggregate;
using Marketline.Core.Datasets;
using Marketline.Core.Faults;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Blobs;
using Marketline.Tests.Analytics;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Activities.Aggregate;

/// <summary>The gold step on several workers, and on one that dies: one writer at a time, all datasets or none, once per run.</summary>
public sealed class AggregateCommitTests
{
    private static readonly string[] OfferDatasets = [DatasetNames.LatestOffers, DatasetNames.PriceChanges, DatasetNames.PriceIndex];

    private ActivityWorker _one = null!;
    private ActivityWorker _two = null!;
    private RunRef _run = null!;
    private RunBlobs _blobs = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _one = await ActivityWorker.StartAsync();
        _two = await ActivityWorker.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [SetUp]
    public async Task SetUp()
    {
        _run = ActivityWorker.NewRun();
        _blobs = _one.Blobs(_run);
        await _blobs.WriteCleanAsync(0, Records.Offer("a1", 1, 10m));
    }

    [Test]
    public async Task RunAsync_LockIsAnotherWorkers_IsBusyAndDoesNothing()
    {
        await using var held = await _two.Get<BlobGoldCommitStore>().TryAcquireAsync(_run.TenantId, CancellationToken.None);

        var output = await _one.AggregateAsync(_run);

        Assert.That(output.IsBusy, Is.True);
        Assert.That(await VersionsAsync(), Is.EqualTo(new int?[] { null, null, null }));
    }

    [Test]
    public async Task RunAsync_SecondTime_ReturnsTheSameAndWritesNothing()
    {
        var first = await _one.AggregateAsync(_run);
        await _blobs.WriteCleanAsync(0, Records.Offer("a1", 1, 99m));

        var second = await _two.AggregateAsync(_run);

        Assert.That(second.Objects, Is.EqualTo(first.Objects));
        Assert.That(second.Datasets, Is.EqualTo(first.Datasets));
        Assert.That(await VersionsAsync(), Is.EqualTo(new int?[] { 1, 1, 1 }));
        Assert.That((await _blobs.GoldAsync(DatasetNames.LatestOffers)).Single().GetProperty("price").GetDecimal(), Is.EqualTo(10m));
    }

    [Test]
    public async Task RunAsync_SecondTimeAfterALaterRun_DoesNotGoBack()
    {
        await _one.AggregateAsync(_run);
        var next = ActivityWorker.Later(_run, hours: 1);
        await _one.Blobs(next).WriteCleanAsync(0, Records.Offer("a1", 2, 11m));
        await _one.AggregateAsync(next);

        await _two.AggregateAsync(_run);

        Assert.That((await _blobs.ManifestAsync(DatasetNames.LatestOffers))!.UpdatedBy, Is.EqualTo(next.RunId));
        Assert.That((await _blobs.GoldAsync(DatasetNames.LatestOffers)).Single().GetProperty("price").GetDecimal(), Is.EqualTo(11m));
    }

    [Test]
    public async Task RunAsync_WorkerDiedAfterDeciding_ItsCommitIsCarriedOutAndItsResultReturned()
    {
        var decided = Decided(_run, delivered: 41);
        await using (var dying = await _two.Get<BlobGoldCommitStore>().TryAcquireAsync(_run.TenantId, CancellationToken.None))
        {
            await dying!.SaveAsync(decided, CancellationToken.None);
        }

        var output = await _one.AggregateAsync(_run);

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Delivered = 41 }));
        Assert.That(output.Datasets, Is.EqualTo(decided.Result.Datasets));
        Assert.That((await _blobs.ManifestAsync(DatasetNames.LatestOffers))!.Files, Is.EqualTo(decided.Manifests[0].Files));
        Assert.That(await _blobs.FindAsync(BlobNames.GoldLock), Is.Empty, "nothing is left to be carried out");
    }

    [Test]
    public async Task RunAsync_AnotherRunsCommitIsUndone_IsCarriedOutFirstAndBuiltUpon()
    {
        var other = ActivityWorker.Later(_run, hours: -1);
        await _one.Blobs(other).WriteCleanAsync(0, Records.Offer("b1", 1, 5m));
        await _one.AggregateAsync(other);
        var done = (await _blobs.ManifestAsync(DatasetNames.LatestOffers))!;
        await using (var dying = await _two.Get<BlobGoldCommitStore>().TryAcquireAsync(_run.TenantId, CancellationToken.None))
        {
            var undone = Decided(other, delivered: 1) with { Manifests = [done with { Version = 2 }] };
            await dying!.SaveAsync(undone, CancellationToken.None);
        }

        await _one.AggregateAsync(_run);

        Assert.That((await _blobs.ManifestAsync(DatasetNames.LatestOffers))!.Version, Is.EqualTo(3));
        Assert.That(
            (await _blobs.GoldAsync(DatasetNames.LatestOffers)).Select(row => row.GetProperty("object_key").GetString()),
            Is.EquivalentTo(new[] { "a1", "b1" })
        );
    }

    [Test]
    public async Task RunAsync_ManyRunsOfATenantOnTwoWorkers_NoneIsLost()
    {
        var runs = Enumerable.Range(0, 6).Select(i => ActivityWorker.Later(_run, i)).ToList();
        foreach (var (run, i) in runs.Select((run, i) => (run, i)))
        {
            await _one.Blobs(run).WriteCleanAsync(0, Records.Offer($"k{i}", 1, 10m));
        }

        var outputs = await Task.WhenAll(
            runs.Select(async (run, i) =>
            {
                var output = await (i % 2 == 0 ? _one : _two).AggregateAsync(run);
                while (output.IsBusy)
                {
                    output = await (i % 2 == 0 ? _one : _two).AggregateAsync(run);
                }

                return output;
            })
        );

        Assert.That(outputs.Select(output => output.Objects.Delivered), Is.All.EqualTo(1));
        Assert.That(await VersionsAsync(), Is.EqualTo(new int?[] { 6, 6, 6 }));
        Assert.That(await _blobs.GoldAsync(DatasetNames.LatestOffers), Has.Count.EqualTo(6));
    }

    [Test]
    public async Task RunAsync_LockIsLostOnTheWay_IsTransientAndNothingIsCurrent()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.UtcNow);
        var transport = new StorageFaults(request =>
        {
            if (request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath.Contains("/gold/latest_offers/", StringComparison.Ordinal))
            {
                clock.Advance(TimeSpan.FromMinutes(1));
            }

            return Task.FromResult<HttpResponseMessage?>(null);
        }).Transport;
        await using var slow = await ActivityWorker.StartAsync(
            new WorkerSetup { Time = clock, HasQuickRetries = true, BlobTransport = transport }
        );

        Assert.That(() => slow.AggregateAsync(_run), Throws.TypeOf<TransientStepException>());
        Assert.That(await VersionsAsync(), Is.EqualTo(new int?[] { null, null, null }));
    }

    private async Task<List<int?>> VersionsAsync()
    {
        var versions = new List<int?>();
        foreach (var dataset in OfferDatasets)
        {
            versions.Add((await _blobs.ManifestAsync(dataset))?.Version);
        }

        return versions;
    }

    private static GoldCommit Decided(RunRef run, int delivered)
    {
        var blob = BlobNames.Gold(DatasetNames.LatestOffers, "platform=generic-shop", run.RunId, 0);
        return new GoldCommit
        {
            Run = run,
            Result = new AggregateOutput
            {
                Datasets = [new DatasetWrite(DatasetNames.LatestOffers, blob, delivered)],
                Objects = new ObjectCounts { Delivered = delivered },
            },
            Manifests =
            [
                new DatasetManifest
                {
                    Dataset = DatasetNames.LatestOffers,
                    Version = 1,
                    UpdatedUtc = run.RunId.ScheduledUtc,
                    UpdatedBy = run.RunId,
                    Files = [new ManifestFile(blob, "platform=generic-shop", run.RunId, delivered, 1)],
                },
            ],
        };
    }
}
