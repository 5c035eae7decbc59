using Marketline.Activities.Crawl;
using Marketline.Core.Naming;
using Marketline.Storage.Blobs;

namespace Marketline.Tests.Activities.Crawl;

public sealed class CancelWatchTests
{
    [Test]
    [CancelAfter(30_000)]
    public async Task IsCancelled_FlagIsSetOnTheWay_IsSeenAtTheNextLook(CancellationToken cancellationToken)
    {
        var clock = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        await using var worker = await ActivityWorker.StartAsync(new WorkerSetup { Time = clock });
        var run = ActivityWorker.NewRun();
        await using var watch = await CancelWatch.StartAsync(worker.Get<BlobArtifactStore>(), run, clock, cancellationToken);
        var before = watch.IsCancelled;

        await worker.Blobs(run).WriteAsync(BlobNames.CancelFlag(run.RunId), []);
        while (!watch.IsCancelled)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.That((before, watch.IsCancelled), Is.EqualTo((false, true)));
    }
}
