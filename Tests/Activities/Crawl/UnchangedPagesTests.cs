using Marketline.Core.Aggregate;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Activities.Crawl;

/// <summary>A plan's runs one after another over a site that knows what has changed: the whole way, from request to dataset.</summary>
public sealed class UnchangedPagesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 15, 2, TimeSpan.Zero);

    private HostileSite _site = null!;
    private ManualTimeProvider _clock = null!;
    private ActivityWorker _worker = null!;
    private RunRef _first = null!;

    [SetUp]
    public async Task SetUp()
    {
        _site = new HostileSite();
        _clock = new ManualTimeProvider(Now);
        _worker = await ActivityWorker.StartAsync(new WorkerSetup { Time = _clock });
        _first = ActivityWorker.NewRun();
        Serve("a", "19.90", "\"a1\"");
        Serve("b", "5.00", "\"b1\"");
        Serve("c", "0.00", "\"c1\"");
        _site.Page("/p/d", "<html><body>About us</body></html>", "ETag: \"d1\"\r\n");
    }

    [TearDown]
    public async Task TearDown()
    {
        await _worker.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task RunAsync_NothingHasChanged_ReadsOnlyWhatARuleRejectedAndKeepsTheRows()
    {
        var before = await RunAsync(_first);
        NotModified("a", "b", "d");

        var after = await RunAsync(ActivityWorker.Later(_first, hours: 1));

        Assert.That(before.Objects, Is.EqualTo(new ObjectCounts { Ingested = 4, Quarantined = 1, Filtered = 1 }));
        Assert.That(after.Objects, Is.EqualTo(new ObjectCounts { Ingested = 4, Unchanged = 2, Quarantined = 1, Filtered = 1 }));
        Assert.That(await PricesAsync(), Is.EquivalentTo(new[] { 19.9m, 5m }));
    }

    [Test]
    public async Task RunAsync_NotModified_SaysSoInLineageUnderTheSameKeys()
    {
        await RunAsync(_first);
        NotModified("a", "b", "d");
        var second = ActivityWorker.Later(_first, hours: 1);

        await RunAsync(second);

        var then = (await _worker.Blobs(_first).OutcomesAsync(0)).ToDictionary(outcome => outcome.Url);
        var now = (await _worker.Blobs(second).OutcomesAsync(0)).ToDictionary(outcome => outcome.Url);
        var a = now[_site.Url("/p/a")];
        Assert.That(now.Values.Select(outcome => outcome.ObjectKey), Is.EquivalentTo(then.Values.Select(outcome => outcome.ObjectKey)));
        Assert.That((a.State, a.Reason, a.Type), Is.EqualTo((ObjectState.Unchanged, "not-modified", then[a.Url].Type)));
        Assert.That(a.Blocks.Select(block => (block.Step, block.Reason)), Is.EqualTo(new[] { (LineageStep.Ingress, null), (LineageStep.Crawl, "not-modified") }));
        Assert.That(now[_site.Url("/p/d")], Has.Property("State").EqualTo(ObjectState.Filtered).And.Property("Reason").EqualTo(then[_site.Url("/p/d")].Reason));
    }

    [Test]
    public async Task RunAsync_OnePageHasChanged_ItsRowIsNewAndTheOthersStay()
    {
        await RunAsync(_first);
        NotModified("b", "d");
        Serve("a", "17.00", "\"a2\"");

        var after = await RunAsync(ActivityWorker.Later(_first, hours: 1));

        Assert.That(after.Objects.Unchanged, Is.EqualTo(1));
        Assert.That(await PricesAsync(), Is.EquivalentTo(new[] { 17m, 5m }));
    }

    [Test]
    public async Task RunAsync_ThirdRun_StillKnows()
    {
        await RunAsync(_first);
        NotModified("a", "b", "d");
        await RunAsync(ActivityWorker.Later(_first, hours: 1));

        var after = await RunAsync(ActivityWorker.Later(_first, hours: 2));

        Assert.That(after.Objects.Unchanged, Is.EqualTo(2));
        Assert.That(await _worker.Blobs(_first).ListAsync("pages/"), Is.EqualTo(new[] { BlobNames.Pages(ActivityWorker.Later(_first, hours: 2), _site.Root) }));
    }

    [Test]
    public async Task RunAsync_SameBodyWithoutTags_IsUnchangedToo()
    {
        Serve("a", "19.90", etag: null);
        await RunAsync(_first);

        var second = ActivityWorker.Later(_first, hours: 1);
        await RunAsync(second);

        var outcome = (await _worker.Blobs(second).OutcomesAsync(0)).Single(outcome => outcome.Url == _site.Url("/p/a"));
        Assert.That((outcome.State, outcome.Reason), Is.EqualTo((ObjectState.Unchanged, "same-body")));
        Assert.That((await _worker.Blobs(second).PagesAsync(0))[0].Body.IsEmpty, "not archived twice");
    }

    [Test]
    public async Task RunAsync_NeverCameToTheDatasets_IsReadAgain()
    {
        await CrawlAndCleanAsync(_first);
        await RememberAsync(_first);

        var after = await RunAsync(ActivityWorker.Later(_first, hours: 1));

        Assert.That(after.Objects.Unchanged, Is.Zero);
        Assert.That(await PricesAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_Rerun_ReadsEveryPage()
    {
        await RunAsync(_first);

        var after = await RunAsync(ActivityWorker.Rerun(_first));

        Assert.That(_site.LastHead, Does.Not.Contain("If-None-Match"));
        Assert.That(after.Objects.Unchanged, Is.Zero);
    }

    [Test]
    public async Task RunAsync_LastReadLongAgo_IsReadAgain()
    {
        await RunAsync(_first);
        _clock.Advance(TimeSpan.FromDays(8));

        var after = await RunAsync(ActivityWorker.Later(_first, hours: 8 * 24));

        Assert.That(after.Objects.Unchanged, Is.Zero);
    }

    [Test]
    public async Task RunAsync_FailsOnce_IsStillKnownAfterwards()
    {
        await RunAsync(_first);
        NotModified("b", "d");
        _site.Map("/p/a", HostileSite.Status(404));
        await RunAsync(ActivityWorker.Later(_first, hours: 1));
        NotModified("a");

        var after = await RunAsync(ActivityWorker.Later(_first, hours: 2));

        Assert.That(after.Objects.Unchanged, Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_NothingHasChangedOnAnotherDay_TheDayHasItsIndexAllTheSame()
    {
        await RunAsync(_first);
        NotModified("a", "b", "d");
        _site.Map("/p/c", HostileSite.Status(404));

        await RunAsync(ActivityWorker.Later(_first, hours: 24));

        var days = (await _worker.Blobs(_first).GoldAsync(DatasetNames.PriceIndex)).Select(row => row.GetProperty("dt").GetString());
        Assert.That(days, Is.EquivalentTo(new[] { "2026-11-21", "2026-11-22" }));
        Assert.That(await PricesAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_TwoAddressesWithOneBody_GiveOneObjectAndSayWhy()
    {
        _site.Page("/p/b", ShopPages.Product("a", "19.90").Body.ToArray());

        await RunAsync(_first);

        var outcomes = (await _worker.Blobs(_first).OutcomesAsync(0)).ToDictionary(outcome => outcome.Url);
        Assert.That((outcomes[_site.Url("/p/b")].State, outcomes[_site.Url("/p/b")].Reason), Is.EqualTo((ObjectState.Filtered, "duplicate-content")));
        Assert.That(await PricesAsync(), Is.EqualTo(new[] { 19.9m }));
    }

    [Test]
    public async Task CleanAsync_AgainFromTheArchive_GivesTheSame()
    {
        await RunAsync(_first);
        NotModified("a", "b", "d");
        var second = ActivityWorker.Later(_first, hours: 1);
        await RunAsync(second);
        var again = ActivityWorker.Rerun(second);

        var output = await _worker.CleanAsync(new CleanBatchInput(again, 0, 4, Source: second));

        Assert.That(output.Objects.Unchanged, Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_KnownPagesAreDamaged_ReadsAllAndMendsThem()
    {
        await RunAsync(_first);
        await _worker.Blobs(_first).WriteAsync(BlobNames.Pages(_first, _site.Root), [1, 2, 3]);
        var second = ActivityWorker.Later(_first, hours: 1);
        await RunAsync(second);
        NotModified("a", "b", "d");

        var after = await RunAsync(ActivityWorker.Later(_first, hours: 2));

        Assert.That(after.Objects.Unchanged, Is.EqualTo(2));
    }

    private async Task<CleanBatchOutput> RunAsync(RunRef run)
    {
        var output = await CrawlAndCleanAsync(run);
        await _worker.AggregateAsync(new AggregateInput(run, [], output.Objects.Unchanged > 0));
        await RememberAsync(run);
        _clock.Advance(TimeSpan.FromSeconds(1));
        return output;
    }

    private async Task<CleanBatchOutput> CrawlAndCleanAsync(RunRef run)
    {
        var site = new PlanSite(_site.Root);
        await _worker.Blobs(run).WriteTargetsAsync(0, new[] { "a", "b", "c", "d" }.Select(name => new CrawlTarget(_site.Url($"/p/{name}"))));
        await _worker.CrawlAsync(new CrawlBatchInput(run, site, 0, 0));
        return await _worker.CleanAsync(new CleanBatchInput(run, 0, 4));
    }

    private Task<RememberPagesOutput> RememberAsync(RunRef run) => _worker.RememberAsync(new RememberPagesInput(run, new PlanSite(_site.Root), new BatchRange(0, 1)));

    private async Task<List<decimal>> PricesAsync() =>
        [.. (await _worker.Blobs(_first).GoldAsync(DatasetNames.LatestOffers)).Select(row => row.GetProperty("price").GetDecimal())];

    private void Serve(string name, string price, string? etag)
    {
        var body = ShopPages.Product(name, price).Body.ToArray();
        _site.Page($"/p/{name}", body, etag is null ? "" : $"ETag: {etag}\r\n");
    }

    /// <summary>Answers 304 to whoever asks with the tag of the first version, and nothing good to others.</summary>
    private void NotModified(params string[] names)
    {
        foreach (var name in names)
        {
            _site.Map($"/p/{name}", (stream, token) =>
                HostileSite.Status(_site.LastHead.Contains($"If-None-Match: \"{name}1\"", StringComparison.Ordinal) ? 304 : 500)(stream, token));
        }
    }
}
