using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Platforms;

namespace Marketline.Tests.Activities.Clean;

public sealed class CleanBatchActivityTests
{
    private ActivityWorker _worker = null!;
    private RunRef _run = null!;
    private RunBlobs _blobs = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _worker = await ActivityWorker.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _worker.DisposeAsync();

    [SetUp]
    public void SetUp() => UseRun(ActivityWorker.NewRun());

    [Test]
    public async Task RunAsync_GoodPages_AreRowsAndInTransit()
    {
        var output = await CleanAsync(ShopPages.Product("a", "19.90"), ShopPages.Product("b", "1,299.00"));

        var rows = await _blobs.RowsAsync(BlobNames.Clean(_run, 0));
        var outcomes = await _blobs.OutcomesAsync(0);
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 2 }));
        Assert.That(
            rows.Select(row => (row.GetProperty("url").GetString(), row.GetProperty("price").GetDecimal())),
            Is.EquivalentTo(new[] { (ShopPages.Url("a"), 19.9m), (ShopPages.Url("b"), 1299m) })
        );
        Assert.That(rows.Select(row => row.GetProperty("object_key").GetString()), Is.EquivalentTo(outcomes.Select(o => o.ObjectKey)));
        Assert.That(outcomes.Select(outcome => (outcome.State, outcome.Reason)), Is.All.EqualTo((ObjectState.InTransit, (string?)null)));
        Assert.That(await _blobs.FindAsync(BlobNames.Quarantine(_run, 0)), Is.Null);
    }

    [Test]
    public async Task RunAsync_GoodPage_HasABlockForEachStepAndItsBlob()
    {
        await CleanAsync(ShopPages.Product("a", "19.90"));

        var blocks = (await _blobs.OutcomesAsync(0)).Single().Blocks;

        Assert.That(
            blocks.Select(block => (block.Step, block.State, block.Dataset)),
            Is.EqualTo(
                new (LineageStep, StepState, string?)[]
                {
                    (LineageStep.Ingress, StepState.Succeeded, BlobNames.Targets(_run, 0)),
                    (LineageStep.Crawl, StepState.Succeeded, BlobNames.Raw(_run, 0)),
                    (LineageStep.Extract, StepState.Succeeded, null),
                    (LineageStep.Clean, StepState.Succeeded, BlobNames.Clean(_run, 0)),
                }
            )
        );
        Assert.That(blocks[1].Milliseconds, Is.EqualTo(12));
    }

    [Test]
    public async Task RunAsync_RejectedRecord_IsQuarantinedWithRuleKeyValueAndPosition()
    {
        UseRun(ActivityWorker.NewRun(platform: "shopify"));

        var output = await CleanAsync(ShopPages.Listing(1, ("11", "5.00"), ("12", "0.00")));

        var record = (await _blobs.QuarantinedAsync(0)).Single();
        var outcome = (await _blobs.OutcomesAsync(0))[1];
        var violation = record.Violations.Single();
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 2, Quarantined = 1 }));
        Assert.That((record.RunId, record.Batch, record.SeenUtc), Is.EqualTo((_run.RunId, 0, ShopPages.FetchedUtc)));
        Assert.That((record.ObjectKey, record.Url), Is.EqualTo((outcome.ObjectKey, outcome.Url)));
        Assert.That(
            violation,
            Is.EqualTo(
                new RuleViolation(
                    CleanRules.PriceNotPositive,
                    FieldNames.Price,
                    "0.00",
                    "products[0].variants[1] products[0].variants[1].price"
                )
            )
        );
        Assert.That(record.Object!.Text(FieldNames.Sku), Is.EqualTo("SKU-12"));
        Assert.That((outcome.State, outcome.Reason), Is.EqualTo((ObjectState.Quarantined, CleanRules.PriceNotPositive)));
        Assert.That(outcome.Blocks[^1].Dataset, Is.EqualTo(BlobNames.Quarantine(_run, 0)));
    }

    [Test]
    public async Task RunAsync_Selectors_WinOverWhatThePageStates()
    {
        var page = ShopPages.Product("a", "19.90");
        await _blobs.WriteTargetsAsync(0, ShopPages.Targets(page));
        await _blobs.WriteRawAsync(0, page);
        FieldOverride[] selectors = [new() { Field = FieldNames.Sku, How = SelectorKind.Regex, Expression = "<(html|!doctype)" }];

        await _worker.CleanAsync(new CleanBatchInput(_run, 0, 1, Selectors: selectors));

        var row = (await _blobs.RowsAsync(BlobNames.Clean(_run, 0))).Single();
        Assert.That(row.GetProperty("sku").GetString()?.ToLowerInvariant(), Is.EqualTo("html").Or.EqualTo("!doctype"));
        Assert.That(row.GetProperty("price").GetDecimal(), Is.EqualTo(19.9m));
    }

    [TestCase("application/pdf", "%PDF-1.4 …", "not-html")]
    [TestCase("text/html", "", "empty-body")]
    public async Task RunAsync_PageIsNoPage_IsQuarantinedAsAWhole(string contentType, string body, string rule)
    {
        var output = await CleanAsync(ShopPages.Text("a", body, contentType));

        var record = (await _blobs.QuarantinedAsync(0)).Single();
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 1, Quarantined = 1 }));
        Assert.That((record.Violations[0].Rule, record.Violations[0].RawValue, record.Violations[0].Position), Is.EqualTo((rule, contentType, "page")));
        Assert.That((record.ObjectKey, record.Object), Is.EqualTo((ObjectKey.FromUrl(ShopPages.Url("a")), (ExtractedObject?)null)));
        Assert.That(await _blobs.FindAsync(BlobNames.Clean(_run, 0)), Is.Null);
    }

    [Test]
    public async Task RunAsync_PagesThatWereNotRead_EndWithTheirReasons()
    {
        var output = await CleanAsync(
            ShopPages.Failed("forbidden", FetchReasons.RobotsDisallowed),
            ShopPages.Failed("gone", FetchReasons.NotFound, 404),
            ShopPages.Failed("broken", FetchReasons.HttpError, 502),
            ShopPages.Text("about", "<!doctype html><title>About us</title><p>We sell kettles.</p>")
        );

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 4, Filtered = 2, Failed = 2 }));
        Assert.That(
            await StatesAsync(),
            Is.EqualTo(
                new[]
                {
                    (ShopPages.Url("forbidden"), ObjectState.Filtered, "robots-disallowed"),
                    (ShopPages.Url("gone"), ObjectState.Failed, "not-found"),
                    (ShopPages.Url("broken"), ObjectState.Failed, "http-error-502"),
                    (ShopPages.Url("about"), ObjectState.Filtered, "not-a-product"),
                }
            )
        );
    }

    [Test]
    public async Task RunAsync_SameObjectOnTwoPages_TheSecondIsFiltered()
    {
        UseRun(ActivityWorker.NewRun(platform: "shopify"));

        var output = await CleanAsync(ShopPages.Listing(1, ("11", "5.00"), ("12", "6.00")), ShopPages.Listing(2, ("12", "7.00")));

        var rows = await _blobs.RowsAsync(BlobNames.Clean(_run, 0));
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 3, Filtered = 1 }));
        Assert.That(
            (await StatesAsync()).Select(state => (state.State, state.Reason)),
            Is.EqualTo(new[] { (ObjectState.InTransit, null), (ObjectState.InTransit, null), (ObjectState.Filtered, CleanRules.Duplicate) })
        );
        Assert.That(rows.Select(row => row.GetProperty("price").GetDecimal()), Is.EquivalentTo(new[] { 5m, 6m }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task RunAsync_ItemAndWhatAListSaysOfIt_AreOneRecord(bool isListFirst)
    {
        UseRun(ActivityWorker.NewRun(CrawlKind.Prices, "ebay"));
        var item = Call("item/v1%7C110000000001%7C0", """{"itemId":"v1|110000000001|0","title":"Kettle","brand":"Hearth","price":{"value":"20.00","currency":"USD"}}""");
        var list = Call("item_summary/search?q=kettle&limit=200&offset=0", """{"total":1,"itemSummaries":[{"itemId":"v1|110000000001|0","title":"Kettle","price":{"value":"20.00","currency":"USD"}}]}""");

        var output = await (isListFirst ? CleanAsync(list, item) : CleanAsync(item, list));

        var row = (await _blobs.RowsAsync(BlobNames.Clean(_run, 0))).Single();
        Assert.That((row.GetProperty("brand").GetString(), row.GetProperty("scope").GetString()), Is.EqualTo(("Hearth", (string?)null)));
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 2, Filtered = 1 }));
        Assert.That((await StatesAsync()).Select(state => (state.State, state.Reason)), Is.EqualTo(new[] { (ObjectState.InTransit, null), (ObjectState.Filtered, isListFirst ? "merged" : CleanRules.Duplicate) }));
    }

    [Test]
    public async Task RunAsync_PageStandsTwiceInTheArchive_CountsOnce()
    {
        var page = ShopPages.Product("a", "19.90");
        await _blobs.WriteTargetsAsync(0, ShopPages.Targets(page));
        await _blobs.WriteRawAsync(0, page, page);

        var output = await _worker.CleanAsync(new CleanBatchInput(_run, 0, 1));

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 1 }));
    }

    [TestCase(null, "not-crawled")]
    [TestCase("cancelled", "cancelled")]
    public async Task RunAsync_TargetsWithoutAPage_FailWithTheCrawlsProblem(string? problem, string reason)
    {
        var page = ShopPages.Product("a", "19.90");
        await _blobs.WriteTargetsAsync(0, ShopPages.Targets(page, ShopPages.Product("b", "1"), ShopPages.Product("c", "1")));
        await _blobs.WriteRawAsync(0, page);

        var output = await _worker.CleanAsync(new CleanBatchInput(_run, 0, 3, problem));

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 3, Failed = 2 }));
        Assert.That((await StatesAsync()).Skip(1).Select(state => (state.Url, state.Reason)), Is.EqualTo(new[] { (ShopPages.Url("b"), reason), (ShopPages.Url("c"), reason) }));
    }

    [Test]
    public async Task RunAsync_ProblemIsAWholeReport_ReasonIsItsBeginning()
    {
        await _blobs.WriteTargetsAsync(0, ShopPages.Targets(ShopPages.Product("a", "1")));

        await _worker.CleanAsync(new CleanBatchInput(_run, 0, 1, "crawl-failed: " + new string('x', 50_000)));

        Assert.That((await StatesAsync()).Single().Reason, Does.StartWith("crawl-failed: xxx").And.Length.EqualTo(200));
    }

    [Test]
    public async Task RunAsync_SecondTimeNothingIsClean_LeavesNothingOfTheFirst()
    {
        await CleanAsync(ShopPages.Product("a", "19.90"), ShopPages.Text("b", ""));
        await _blobs.DeleteAsync(BlobNames.Raw(_run, 0));

        var output = await _worker.CleanAsync(new CleanBatchInput(_run, 0, 2));

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 2, Failed = 2 }));
        Assert.That(await _blobs.FindAsync(BlobNames.Clean(_run, 0)), Is.Null);
        Assert.That(await _blobs.FindAsync(BlobNames.Quarantine(_run, 0)), Is.Null);
    }

    [Test]
    public async Task RunAsync_UnknownPlatform_SaysWhichOnesThereAre()
    {
        UseRun(ActivityWorker.NewRun(platform: "corner-shop"));
        await _blobs.WriteRawAsync(0, ShopPages.Product("a", "1.00"));

        Assert.That(
            () => _worker.CleanAsync(new CleanBatchInput(_run, 0, 1)),
            Throws.TypeOf<UnknownPlatformException>().With.Message.Contains("generic-shop, google-merchant, ")
        );
    }

    private static FetchedPage Call(string path, string body)
    {
        var url = $"https://api.ebay.com/buy/browse/v1/{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}marketplace=EBAY_US";
        return ShopPages.Text("", body, "application/json") with { Url = url, FinalUrl = url };
    }

    private void UseRun(RunRef run) => (_run, _blobs) = (run, _worker.Blobs(run));

    private async Task<CleanBatchOutput> CleanAsync(params FetchedPage[] pages)
    {
        await _blobs.WriteTargetsAsync(0, ShopPages.Targets(pages));
        await _blobs.WriteRawAsync(0, pages);
        return await _worker.CleanAsync(new CleanBatchInput(_run, 0, pages.Length));
    }

    private async Task<List<(string Url, ObjectState State, string? Reason)>> StatesAsync() =>
        [.. (await _blobs.OutcomesAsync(0)).Select(outcome => (outcome.Url, outcome.State, outcome.Reason))];
}
