using System.Globalization;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;

namespace Marketline.Tests.Activities.Clean;

/// <summary>Blobs that are gone or cut off between two steps: what is good is kept, and every planned target has its end.</summary>
public sealed class CleanBatchDamageTests
{
    private const int TargetCount = 20;

    private static readonly FetchedPage[] Pages =
    [
        .. Enumerable.Range(1, TargetCount).Select(i => ShopPages.Product($"p{i:D2}", i.ToString(CultureInfo.InvariantCulture))),
    ];

    private ActivityWorker _worker = null!;
    private RunRef _run = null!;
    private RunBlobs _blobs = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _worker = await ActivityWorker.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _worker.DisposeAsync();

    [SetUp]
    public async Task PutAsync()
    {
        _run = ActivityWorker.NewRun();
        _blobs = _worker.Blobs(_run);
        await _blobs.WriteTargetsAsync(0, ShopPages.Targets(Pages));
        await _blobs.WriteRawAsync(0, Pages);
    }

    [TestCase(0.1)]
    [TestCase(0.5)]
    [TestCase(0.999)]
    public async Task RunAsync_RawIsCutOff_GoodPagesAreKeptAndTheRestFails(double share)
    {
        var raw = (await _blobs.FindAsync(BlobNames.Raw(_run, 0)))!;
        await _blobs.WriteAsync(BlobNames.Raw(_run, 0), raw[..(int)(raw.Length * share)]);

        var output = await CleanAsync();

        var outcomes = await _blobs.OutcomesAsync(0);
        var goodCount = (int)output.Objects.InTransit;
        Assert.That(goodCount, Is.EqualTo((int)(TargetCount * share)).Within(2));
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = TargetCount, Failed = TargetCount - goodCount }));
        Assert.That(outcomes.Select(outcome => outcome.Url), Is.EqualTo(Pages.Select(page => page.Url)));
        Assert.That(outcomes.Take(goodCount).Select(outcome => outcome.State), Is.All.EqualTo(ObjectState.InTransit));
        Assert.That(outcomes.Skip(goodCount).Select(outcome => (outcome.State, outcome.Reason)), Is.All.EqualTo((ObjectState.Failed, "raw-damaged")));
        Assert.That(await CleanUrlsAsync(), Is.EquivalentTo(Pages.Take(goodCount).Select(page => page.Url)));
    }

    [Test]
    public async Task RunAsync_RawHasAChangedByte_PagesBeforeItAreKept()
    {
        var raw = (await _blobs.FindAsync(BlobNames.Raw(_run, 0)))!;
        raw[raw.Length / 2] ^= 0xff;
        await _blobs.WriteAsync(BlobNames.Raw(_run, 0), raw);

        var output = await CleanAsync();

        Assert.That(output.Objects.InTransit, Is.EqualTo(TargetCount / 2).Within(2));
        Assert.That((output.Objects.Ingested, await ReasonsAsync()), Is.EqualTo((TargetCount, "raw-damaged")));
    }

    [TestCase(0, "not-crawled")]
    [TestCase(10, "raw-damaged")]
    public async Task RunAsync_NearlyNothingOfRawIsLeft_EverythingFails(int length, string reason)
    {
        var raw = (await _blobs.FindAsync(BlobNames.Raw(_run, 0)))!;
        await _blobs.WriteAsync(BlobNames.Raw(_run, 0), raw[..length]);

        var output = await CleanAsync();

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = TargetCount, Failed = TargetCount }));
        Assert.That(await ReasonsAsync(), Is.EqualTo(reason));
    }

    [Test]
    public async Task RunAsync_RawIsNoArchiveAtAll_EverythingFails()
    {
        await _blobs.WriteAsync(BlobNames.Raw(_run, 0), "<html>not an archive, but long enough to be read</html>"u8.ToArray());

        var output = await CleanAsync();

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = TargetCount, Failed = TargetCount }));
        Assert.That(await ReasonsAsync(), Is.EqualTo("raw-damaged"));
    }

    [Test]
    public async Task RunAsync_RawIsGone_EveryTargetFails()
    {
        await _blobs.DeleteAsync(BlobNames.Raw(_run, 0));

        var output = await CleanAsync();

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = TargetCount, Failed = TargetCount }));
        Assert.That(await ReasonsAsync(), Is.EqualTo("raw-missing"));
        Assert.That((await _blobs.OutcomesAsync(0)).Select(outcome => outcome.Url), Is.EqualTo(Pages.Select(page => page.Url)));
    }

    [Test]
    public async Task RunAsync_TargetsAreGone_PagesAreEnough()
    {
        await _blobs.DeleteAsync(BlobNames.Targets(_run, 0));

        var output = await CleanAsync();

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = TargetCount }));
    }

    [Test]
    public async Task RunAsync_TargetsAreCutOff_PagesAreEnough()
    {
        await CutTargetsAsync();

        var output = await CleanAsync();

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = TargetCount }));
    }

    [Test]
    public async Task RunAsync_TargetsAndRawAreCutOff_NoTargetIsLostOrCountedTwice()
    {
        var raw = (await _blobs.FindAsync(BlobNames.Raw(_run, 0)))!;
        await _blobs.WriteAsync(BlobNames.Raw(_run, 0), raw[..(raw.Length / 4)]);
        await CutTargetsAsync();

        var output = await CleanAsync();

        var outcomes = await _blobs.OutcomesAsync(0);
        Assert.That(output.Objects.Ingested, Is.EqualTo(TargetCount));
        Assert.That(output.Objects.InTransit, Is.EqualTo(TargetCount / 4).Within(2));
        Assert.That(outcomes.Select(outcome => outcome.ObjectKey), Is.Unique.And.Exactly(TargetCount).Items);
        Assert.That(outcomes.Count(outcome => outcome.Url.StartsWith($"lost:{_run.RunId}/batch-0/", StringComparison.Ordinal)), Is.EqualTo(TargetCount / 2).Within(1));
    }

    [Test]
    public async Task RunAsync_EverythingIsGone_AsManyFailAsWerePlanned()
    {
        await _blobs.DeleteAsync(BlobNames.Raw(_run, 0));
        await _blobs.DeleteAsync(BlobNames.Targets(_run, 0));

        var output = await CleanAsync();

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = TargetCount, Failed = TargetCount }));
        Assert.That((await _blobs.OutcomesAsync(0)).Select(outcome => outcome.ObjectKey), Is.Unique);
        Assert.That(await ReasonsAsync(), Is.EqualTo("raw-missing"));
    }

    private Task<CleanBatchOutput> CleanAsync() => _worker.CleanAsync(new CleanBatchInput(_run, 0, TargetCount));

    private async Task CutTargetsAsync()
    {
        var targets = (await _blobs.FindAsync(BlobNames.Targets(_run, 0)))!;
        await _blobs.WriteAsync(BlobNames.Targets(_run, 0), targets[..((targets.Length / 2) + 5)]);
    }

    private async Task<IEnumerable<string?>> CleanUrlsAsync() =>
        (await _blobs.RowsAsync(BlobNames.Clean(_run, 0))).Select(row => row.GetProperty("url").GetString());

    /// <summary>The one reason of all that failed.</summary>
    private async Task<string?> ReasonsAsync() =>
        (await _blobs.OutcomesAsync(0)).Where(outcome => outcome.State == ObjectState.Failed).Select(outcome => outcome.Reason).Distinct().Single();
}
