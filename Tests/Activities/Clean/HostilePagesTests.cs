using System.Text;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Activities.Clean;

/// <summary>Pages that are meant to break whoever reads them, from a socket to the outcome: each ends in a state with a reason, its neighbour is delivered.</summary>
public sealed class HostilePagesTests
{
    private HostileSite _site = null!;
    private ActivityWorker _worker = null!;
    private RunRef _run = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _worker = await ActivityWorker.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _worker.DisposeAsync();

    [SetUp]
    public void SetUp()
    {
        _run = ActivityWorker.NewRun();
        _site = new HostileSite();
        _site.Page("/p/good", ShopPages.Product("good", "19.90").Body.ToArray());
    }

    [TearDown]
    public async Task TearDownAsync() => await _site.DisposeAsync();

    [Test]
    public async Task CleanAsync_ErrorPageWithStatus200_IsFilteredForHavingNothing()
    {
        _site.Page("/p/bad", "<html><head><title>404 Not Found</title></head><body><h1>Sorry, this page does not exist.</h1></body></html>");

        var outcome = await OutcomeOfBadAsync();

        Assert.That((outcome.State, outcome.Reason), Is.EqualTo((ObjectState.Filtered, "not-a-product")));
    }

    [Test]
    public async Task CleanAsync_JsonLdOfTenMegabytes_IsTooLargeWithThePageAroundIt()
    {
        _site.Page("/p/bad", JsonLd($$"""{"@type":"Product","name":"{{new string('x', 10_500_000)}}"}"""));

        var outcome = await OutcomeOfBadAsync();

        Assert.That((outcome.State, outcome.Reason), Is.EqualTo((ObjectState.Failed, FetchReasons.TooLarge)));
    }

    [Test]
    public async Task CleanAsync_JsonLdOfNineMegabytes_EndsWithAReason()
    {
        var items = string.Concat(Enumerable.Range(0, 60_000).Select(i => $$$"""{"@type":"Product","name":"Kettle {{{i}}}","sku":"{{{i}}}","offers":{"price":"x","priceCurrency":"?"}},"""));
        _site.Page("/p/bad", JsonLd($"[{items}null]"));

        var outcome = await OutcomeOfBadAsync();

        Assert.That(outcome.State is ObjectState.InTransit || outcome.Reason is not null, $"{outcome.State}");
    }

    [TestCase("{\"a\":", "}")]
    [TestCase("[", "]")]
    [TestCase("{\"@graph\":[", "]}")]
    [TestCase("{\"@type\":\"Product\",\"isVariantOf\":", "}")]
    public async Task CleanAsync_JsonLdNestedTenThousandDeep_EndsWithAReason(string open, string close)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 10_000)) + "1" + string.Concat(Enumerable.Repeat(close, 10_000));
        _site.Page("/p/bad", JsonLd(deep));

        var outcome = await OutcomeOfBadAsync();

        Assert.That((outcome.State, outcome.Reason), Is.EqualTo((ObjectState.Filtered, "not-a-product")));
    }

    [Test]
    public async Task CleanAsync_ElementsNestedTenThousandDeep_EndsWithAReason()
    {
        _site.Page("/p/bad", "<html><body>" + string.Concat(Enumerable.Repeat("<div itemscope itemtype='https://schema.org/Product'><b>", 10_000)));

        var outcome = await OutcomeOfBadAsync();

        Assert.That(outcome.State is ObjectState.InTransit || outcome.Reason is not null, $"{outcome.State}");
    }

    [Test]
    public async Task CleanAsync_MillionLinks_EndsWithAReason()
    {
        var links = new StringBuilder("<html><body>", 10_100_000).Insert(12, "<a href=/>", 1_000_000);
        _site.Page("/p/bad", links.ToString());

        var outcome = await OutcomeOfBadAsync();

        Assert.That((outcome.State, outcome.Reason), Is.EqualTo((ObjectState.Filtered, "not-a-product")));
    }

    [TestCase("http://169.254.169.254/latest/meta-data/iam/security-credentials/")]
    [TestCase("http://localhost:10000/devstoreaccount1/system?comp=list")]
    public async Task CleanAsync_RedirectToAnInternalService_FailsAndNothingOfItIsKept(string location)
    {
        _site.Redirect("/p/bad", location);
        var settings = new Dictionary<string, string?> { ["Crawl:AllowedPrivateAddresses:0"] = $"127.0.0.1/32:{_site.Port}" };
        await using var guarded = await ActivityWorker.StartAsync(new WorkerSetup { Settings = settings });

        var outcome = await OutcomeOfBadAsync(guarded);

        var page = (await guarded.Blobs(_run).PagesAsync(0)).Single(page => page.Url == _site.Url("/p/bad"));
        Assert.That((outcome.State, outcome.Reason), Is.EqualTo((ObjectState.Failed, FetchReasons.AddressRefused)));
        Assert.That((page.Body.Length, page.ContentType), Is.EqualTo((0, "")));
    }

    private static string JsonLd(string json) => $"<html><head><script type=\"application/ld+json\">{json}</script></head><body></body></html>";

    /// <summary>Crawls and cleans the bad page beside a good one, which has to come through.</summary>
    private async Task<ObjectOutcome> OutcomeOfBadAsync(ActivityWorker? worker = null)
    {
        worker ??= _worker;
        await worker.Blobs(_run).WriteTargetsAsync(0, [new CrawlTarget(_site.Url("/p/bad")), new CrawlTarget(_site.Url("/p/good"))]);
        var crawl = await worker.CrawlAsync(new CrawlBatchInput(_run, new PlanSite(_site.Root), 0, 0));
        await worker.CleanAsync(new CleanBatchInput(_run, 0, 2));

        var outcomes = await worker.Blobs(_run).OutcomesAsync(0);
        Assert.That(crawl.IsDone);
        Assert.That(outcomes.Single(outcome => outcome.Url == _site.Url("/p/good")).State, Is.EqualTo(ObjectState.InTransit));
        return outcomes.First(outcome => (outcome.PageUrl ?? outcome.Url) == _site.Url("/p/bad"));
    }
}
