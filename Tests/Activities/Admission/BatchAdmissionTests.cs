using Marketline.Activities.Admission;
using Marketline.Core.Admission;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Marketline.Tests.Functions;
using Marketline.Tests.Platforms.Crawl;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Activities.Admission;

/// <summary>Two workers with two places between them. The pool is the account's, so these tests have one of their own.</summary>
public sealed class BatchAdmissionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 15, 2, TimeSpan.Zero);

    private AzuriteProcess _azurite = null!;
    private ManualTimeProvider _clock = null!;
    private ActivityWorker _one = null!;
    private ActivityWorker _two = null!;
    private HostileSite _site = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _azurite = await AzuriteProcess.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _azurite.DisposeAsync();

    [SetUp]
    public async Task SetUp()
    {
        _clock = new ManualTimeProvider(Now);
        _site = new HostileSite();
        var setup = new WorkerSetup
        {
            ConnectionString = _azurite.ConnectionString,
            Time = _clock,
            HasQuickRetries = true,
            Settings = new Dictionary<string, string?> { ["Admission:MaxBatchesInFlight"] = "2" },
        };
        _one = await ActivityWorker.StartAsync(setup);
        _two = await ActivityWorker.StartAsync(setup);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _one.Get<BlobAdmissionStore>().RemoveAsync(AdmissionNames.Batches, CancellationToken.None);
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task Enter_TwoPlacesAreTaken_TheThirdIsToAskAgain()
    {
        await EnterAsync(_one, NewRun());
        await EnterAsync(_two, NewRun());

        var askAgainUtc = await EnterAsync(_one, NewRun());

        Assert.That(askAgainUtc, Is.EqualTo(Now.AddSeconds(5)));
        Assert.That(await TicketsAsync(), Has.Count.EqualTo(3));
        Assert.That((await TicketsAsync()).Count(ticket => ticket.IsGranted), Is.EqualTo(2));
    }

    [TestCase(1, 5)]
    [TestCase(20, 20)]
    [TestCase(299, 120)]
    public async Task Enter_WaitsForLong_AsksLessOften(int waitedSeconds, int expectedSeconds)
    {
        var run = NewRun();
        await TakeAllAsync();
        await EnterAsync(_one, run);
        _clock.Advance(TimeSpan.FromSeconds(waitedSeconds));

        var askAgainUtc = await EnterAsync(_one, run);

        Assert.That(askAgainUtc, Is.EqualTo(_clock.GetUtcNow().AddSeconds(expectedSeconds)));
    }

    [Test]
    public async Task Leave_OnTheOtherWorker_WakesTheSiteThatWaits()
    {
        var (held, _) = await TakeAllAsync();
        var waiting = NewRun();
        await EnterAsync(_one, waiting, batch: 100_003);

        await LeaveAsync(_two, held);

        var told = _two.Client.Events.Single();
        Assert.That((told.InstanceId, told.Event), Is.EqualTo((InstanceIds.Site(waiting.RunId, 1), AdmissionNames.Admitted)));
        Assert.That(await EnterAsync(_one, waiting, batch: 100_003), Is.Null);
    }

    [Test]
    public async Task Leave_WhoWaitsIsOfAnotherHub_IsNotToldAndFindsItsPlace()
    {
        var (held, _) = await TakeAllAsync();
        var waiting = NewRun();
        await using var other = new StartRecorder("other");
        await _one.Get<BatchAdmission>().EnterAsync(waiting, 0, other, CancellationToken.None);

        await LeaveAsync(_two, held);

        Assert.That(_two.Client.Events, Is.Empty);
        Assert.That(await _one.Get<BatchAdmission>().EnterAsync(waiting, 0, other, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Enter_TenantsBound_HoldsOverBothWorkers()
    {
        var run = NewRun();
        await AddTenantAsync(run.TenantId, new TenantLimits { MaxBatchesInFlight = 1 });
        await EnterAsync(_one, run, batch: 0);

        var second = await EnterAsync(_two, run, batch: 1);
        var other = await EnterAsync(_two, NewRun());

        Assert.That((second is null, other is null), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Enter_TablesAreAway_GoesOnWithTheDefaults()
    {
        var run = NewRun();
        _azurite.StopTables();

        var entered = await EnterAsync(_one, run);
        _azurite.StartTables();

        Assert.That(entered, Is.Null);
    }

    [Test]
    public async Task Crawl_NoPlaceIsFree_DoesNotAskTheSiteAndGivesItsSlotBack()
    {
        await TakeAllAsync();
        var input = await BatchAsync(_one, "/p/1");

        var first = await _one.CrawlAsync(input);
        var again = await _two.CrawlAsync(input);

        Assert.That((first.IsDone, first.IsQueued, first.NextSegment, first.ResumeUtc), Is.EqualTo((false, true, 0, (DateTimeOffset?)Now.AddSeconds(5))));
        Assert.That(again.IsQueued, Is.True, "the slot is free");
        Assert.That(_site.MostUnderWay, Is.Zero);
    }

    [Test]
    public async Task Crawl_ThenClean_HoldsOnePlaceAllTheWay()
    {
        var input = await BatchAsync(_one, "/p/1");

        await _one.CrawlAsync(input);
        var between = await TicketsAsync();
        await _two.CleanAsync(new CleanBatchInput(input.Run, 0, 1));

        Assert.That(between.Select(ticket => (ticket.Id, ticket.IsGranted)), Is.EqualTo(new[] { (AdmissionNames.BatchTicket(input.Run.RunId, 0), true) }));
        Assert.That(await TicketsAsync(), Is.Empty);
    }

    [Test]
    public async Task Crawl_ThenFail_GivesThePlaceBack()
    {
        var input = await BatchAsync(_one, "/p/1");
        await _one.CrawlAsync(input);

        await _two.FailAsync(new CleanBatchInput(input.Run, 0, 1));

        Assert.That(await TicketsAsync(), Is.Empty);
    }

    [Test]
    public async Task Crawl_SiteAsksForAPause_GivesThePlaceBackMeanwhile()
    {
        var input = await BatchAsync(_one, "/p/1");
        _site.InTurn("/p/1", HostileSite.Status(429, "Retry-After: 600\r\n"), HostileSite.Status(200, body: "x"));

        var output = await _one.CrawlAsync(input);
        var paused = await TicketsAsync();
        await _one.CrawlAsync(input with { Segment = 1 });
        var tooEarly = await TicketsAsync();

        Assert.That(output.ResumeUtc, Is.EqualTo(Now.AddMinutes(10)));
        Assert.That((paused.Count, tooEarly.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Crawl_SlotIsTaken_GivesBackThePlaceItWasWokenFor()
    {
        var (held, _) = await TakeAllAsync();
        var input = await BatchAsync(_one, "/p/1");
        await _one.CrawlAsync(input);
        await using var slot = await _two.Get<BlobSiteSlotStore>().TryAcquireAsync(_site.Root.Authority, CancellationToken.None);
        await LeaveAsync(_two, held);

        var output = await _one.CrawlAsync(input);

        Assert.That((output.IsDone, output.IsQueued, output.ResumeUtc), Is.EqualTo((false, false, (DateTimeOffset?)Now.AddSeconds(5))));
        Assert.That(await TicketsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Crawl_CancelledWhileItWaits_IsToldAndEnds()
    {
        await TakeAllAsync();
        var input = await BatchAsync(_one, "/p/1");
        await _one.CrawlAsync(input);

        await _two.Get<RunCanceller>().CancelAsync(_two.Client, input.Run.RunId, CancellationToken.None);
        var told = _two.Client.Events.Single();
        var output = await _one.CrawlAsync(input);
        await _one.CleanAsync(new CleanBatchInput(input.Run, 0, 1, "cancelled"));

        Assert.That(told.InstanceId, Is.EqualTo(InstanceIds.Site(input.Run.RunId, 0)));
        Assert.That((output.IsDone, output.IsCancelled), Is.EqualTo((true, true)));
        Assert.That(await TicketsAsync(), Has.Count.EqualTo(2), "it waits no more");
    }

    [Test]
    public async Task Crawl_HolderDiesWithItsRun_ItsPlaceIsFreeAfterItsTime()
    {
        await _one.CrawlAsync(await BatchAsync(_one, "/p/1"));
        await _one.CrawlAsync(await BatchAsync(_one, "/p/1"));
        var run = NewRun();
        var before = await EnterAsync(_two, run);

        _clock.Advance(TimeSpan.FromMinutes(15));

        Assert.That((before is null, await EnterAsync(_two, run) is null), Is.EqualTo((false, true)));
    }

    private static RunRef NewRun() => ActivityWorker.NewRun();

    private static Task<DateTimeOffset?> EnterAsync(ActivityWorker worker, RunRef run, int batch = 0) =>
        worker.Get<BatchAdmission>().EnterAsync(run, batch, worker.Client, CancellationToken.None);

    private static Task LeaveAsync(ActivityWorker worker, RunRef run, int batch = 0) =>
        worker.Get<BatchAdmission>().LeaveAsync(run, batch, worker.Client, CancellationToken.None);

    private async Task<(RunRef One, RunRef Two)> TakeAllAsync()
    {
        var (one, two) = (NewRun(), NewRun());
        Assert.That(await EnterAsync(_one, one), Is.Null);
        Assert.That(await EnterAsync(_one, two), Is.Null);
        return (one, two);
    }

    private async Task<CrawlBatchInput> BatchAsync(ActivityWorker worker, string path)
    {
        var run = NewRun();
        _site.Page(path, "x");
        await worker.Blobs(run).WriteTargetsAsync(0, [new CrawlTarget(_site.Url(path))]);
        return new CrawlBatchInput(run, new PlanSite(_site.Root), 0, 0);
    }

    private Task<bool> AddTenantAsync(TenantId tenantId, TenantLimits limits) =>
        _one.Get<TableTenantStore>().TryAddAsync(
            new Tenant { TenantId = tenantId, DisplayName = "a tenant", CreatedUtc = Now, Limits = limits },
            CancellationToken.None
        );

    private async Task<IReadOnlyList<Ticket>> TicketsAsync() =>
        (await _one.Get<BlobAdmissionStore>().ReadAsync(AdmissionNames.Batches, CancellationToken.None)).Tickets;
}
