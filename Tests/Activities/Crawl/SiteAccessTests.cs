using Marketline.Activities.Crawl;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Marketline.Platforms;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Activities.Crawl;

public sealed class SiteAccessTests
{
    private ActivityWorker _worker = null!;
    private SiteAccess _access = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        string[] secrets = ["amazon:clientId", "amazon:clientSecret", "amazon:refreshToken", "ebay:clientId", "ebay:clientSecret", "walmart:consumerId", "walmart:privateKey", "aliexpress:appKey", "aliexpress:appSecret"];
        _worker = await ActivityWorker.StartAsync(new WorkerSetup { Settings = secrets.ToDictionary(name => $"PlatformSecrets:Shared:{name}", _ => (string?)"x") });
        _access = _worker.Get<SiteAccess>();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _worker.DisposeAsync();

    [TestCase("amazon", CrawlKind.Products, true)]
    [TestCase("amazon", CrawlKind.Prices, true)]
    [TestCase("amazon", CrawlKind.Reviews, false)]
    [TestCase("ebay", CrawlKind.Products, true)]
    [TestCase("ebay", CrawlKind.Prices, true)]
    [TestCase("ebay", CrawlKind.Reviews, false)]
    [TestCase("walmart", CrawlKind.Products, true)]
    [TestCase("walmart", CrawlKind.Prices, true)]
    [TestCase("walmart", CrawlKind.Reviews, true)]
    [TestCase("aliexpress", CrawlKind.Products, true)]
    [TestCase("aliexpress", CrawlKind.Prices, true)]
    [TestCase("aliexpress", CrawlKind.Reviews, false)]
    public async Task OpenAsync_CredentialsAndOpenPages_TakesTheApiForWhatItHas(string platform, CrawlKind kind, bool isApi)
    {
        var tenant = await NewTenantAsync(platform);

        var (api, refusal) = await _access.OpenAsync(tenant, Connector(platform), kind, CancellationToken.None);

        Assert.That((api is not null, refusal), Is.EqualTo((isApi, (string?)null)));
    }

    [TestCase("amazon")]
    [TestCase("ebay")]
    [TestCase("aliexpress")]
    public async Task OpenAsync_ApiWithoutTheKindAndPagesClosed_SaysThatPagesHaveToBeOpened(string platform)
    {
        var tenant = await NewTenantAsync("walmart");

        var (api, refusal) = await _access.OpenAsync(tenant, Connector(platform), CrawlKind.Reviews, CancellationToken.None);

        Assert.That(api, Is.Null);
        Assert.That(refusal, Does.Contain("reviews").And.Contain("pagePlatforms").And.Contain($"docs/platforms/{platform}.md").And.Not.Contain("credentials"));
    }

    [Test]
    public async Task OpenAsync_NeitherCredentialsNorOpenPages_NamesBoth()
    {
        await using var worker = await ActivityWorker.StartAsync();

        var (api, refusal) = await worker.Get<SiteAccess>().OpenAsync(await NewTenantAsync(), Connector("ebay"), CrawlKind.Prices, CancellationToken.None);

        Assert.That(api, Is.Null);
        Assert.That(refusal, Does.Contain("clientId and clientSecret").And.Contain("its pages are not open").And.Contain("docs/platforms/ebay.md"));
    }

    [Test]
    public async Task PlanAndCrawl_KindThatTheApiLacks_AgreeOnPages()
    {
        var open = RunOf(await NewTenantAsync("ebay"));
        var closed = RunOf(await NewTenantAsync());

        var planned = await _worker.PlanAsync(Plan(open));
        var refused = await _worker.PlanAsync(Plan(closed));
        var notCrawled = await _worker.CrawlAsync(new CrawlBatchInput(closed, Site, 0, 0));

        Assert.That((planned.TargetCount, planned.Problem), Is.EqualTo((1L, (string?)null)));
        Assert.That((await _worker.Blobs(open).TargetsAsync(0)).Single().Call, Is.Null, "a page, no call");
        Assert.That(refused.Problem, Does.Contain("pagePlatforms"));
        Assert.That((notCrawled.IsDone, notCrawled.Problem), Is.EqualTo((true, FetchReasons.CredentialsMissing)));
    }

    private static PlanSite Site => new(new Uri("https://www.ebay.com/")) { Items = ["https://www.ebay.com/urw/phone/product-reviews/4034210179"] };

    private static PlanTargetsInput Plan(RunRef run) => new(run, Site, new PlanLimits(), 0);

    private static RunRef RunOf(TenantId tenant)
    {
        var run = ActivityWorker.NewRun(CrawlKind.Reviews, "ebay");
        return run with { RunId = new RunId(tenant, run.RunId.PlanId, run.RunId.ScheduledUtc) };
    }

    private IPlatformConnector Connector(string platform) => _worker.Get<PlatformConnectors>().Get(platform);

    private async Task<TenantId> NewTenantAsync(params string[] pagePlatforms)
    {
        var tenant = TestStorage.NewTenant();
        var row = new Tenant { TenantId = tenant, DisplayName = "Test", CreatedUtc = DateTimeOffset.UnixEpoch, PagePlatforms = pagePlatforms };
        await _worker.Get<TableTenantStore>().TryAddAsync(row, CancellationToken.None);
        return tenant;
    }
}
