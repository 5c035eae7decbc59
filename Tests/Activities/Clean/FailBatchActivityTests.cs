using Marketline.Core.Clean;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;

namespace Marketline.Tests.Activities.Clean;

public sealed class FailBatchActivityTests
{
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
        _run = ActivityWorker.NewRun();
        _blobs = _worker.Blobs(_run);
    }

    [Test]
    public async Task RunAsync_TargetsAreThere_EachFailsWithTheReason()
    {
        await _blobs.WriteTargetsAsync(3, ShopPages.Targets(ShopPages.Product("a", "1"), ShopPages.Product("b", "2")));

        var output = await _worker.FailAsync(new CleanBatchInput(_run, 3, 2, "clean-failed: out of memory"));

        var outcomes = await _blobs.OutcomesAsync(3);
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 2, Failed = 2 }));
        Assert.That(outcomes.Select(outcome => outcome.Url), Is.EqualTo(new[] { ShopPages.Url("a"), ShopPages.Url("b") }));
        Assert.That(outcomes.Select(outcome => (outcome.State, outcome.Reason)), Is.All.EqualTo((ObjectState.Failed, "clean-failed: out of memory")));
        Assert.That(outcomes.Select(outcome => outcome.Blocks.Single().State), Is.All.EqualTo(StepState.Failed));
    }

    [Test]
    public async Task RunAsync_TargetsAreGone_AsManyFailAsWerePlanned()
    {
        var output = await _worker.FailAsync(new CleanBatchInput(_run, 3, 150, "clean-failed: out of memory"));

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 150, Failed = 150 }));
        Assert.That((await _blobs.OutcomesAsync(3)).Select(outcome => outcome.ObjectKey), Is.Unique.And.Exactly(150).Items);
    }

    [Test]
    public async Task RunAsync_LongReason_IsCut()
    {
        await _worker.FailAsync(new CleanBatchInput(_run, 0, 1, new string('x', 5_000)));

        Assert.That((await _blobs.OutcomesAsync(0)).Single().Reason, Has.Length.EqualTo(200));
    }

    [Test]
    public async Task RunAsync_EarlierAttemptLeftBlobs_TheyAreGone()
    {
        var pages = new[] { ShopPages.Product("a", "1"), ShopPages.Text("b", "") };
        await _blobs.WriteTargetsAsync(0, ShopPages.Targets(pages));
        await _blobs.WriteRawAsync(0, pages);
        var input = new CleanBatchInput(_run, 0, 2, "clean-failed: no answer");
        await _worker.CleanAsync(input);

        await _worker.FailAsync(input);

        Assert.That(
            await _blobs.ListAsync(),
            Is.EquivalentTo(new[] { BlobNames.Targets(_run, 0), BlobNames.Raw(_run, 0), BlobNames.Outcome(_run, 0) })
        );
    }

    [Test]
    public async Task RunAsync_SecondTime_CountsTheSame()
    {
        var input = new CleanBatchInput(_run, 0, 7, "clean-failed: no answer");
        await _worker.FailAsync(input);

        var again = await _worker.FailAsync(input);

        Assert.That(again.Objects, Is.EqualTo(new ObjectCounts { Ingested = 7, Failed = 7 }));
        Assert.That(await _blobs.OutcomesAsync(0), Has.Count.EqualTo(7));
    }
}
