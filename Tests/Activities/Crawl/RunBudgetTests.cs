using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Activities.Crawl;

/// <summary>A run's budget over sites and workers: never more is fetched, and what is left out says why.</summary>
public sealed class RunBudgetTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 15, 2, TimeSpan.Zero);

    private ManualTimeProvider _clock = null!;
    private ActivityWorker _one = null!;
    private ActivityWorker _two = null!;
    private RunRef _run = null!;

    [SetUp]
    public async Task SetUp()
    {
        _clock = new ManualTimeProvider(Now);
        _one = await ActivityWorker.StartAsync(new WorkerSetup { Time = _clock });
        _two = await ActivityWorker.StartAsync(new WorkerSetup { Time = _clock });
        _run = ActivityWorker.NewRun();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Test]
    public async Task CrawlAsync_SixSitesOnTwoWorkers_FetchNoMoreThanTheRunMay()
    {
        var sites = Enumerable.Range(0, 6).Select(_ => new HostileSite()).ToList();
        var budget = new RunBudget(25, null, null, null);
        foreach (var (site, number) in sites.Select((site, number) => (site, number)))
        {
            await PlanAsync(site, number, count: 10, HostileSite.Status(200, body: "page"));
        }

        var outputs = await Task.WhenAll(
            sites.Select((site, number) => (number % 2 == 0 ? _one : _two).CrawlAsync(new CrawlBatchInput(_run, new PlanSite(site.Root), number, 0, budget)))
        );

        Assert.That(sites.Sum(site => site.Requests.Count(request => request != "/robots.txt")), Is.EqualTo(25));
        Assert.That(outputs.Sum(output => output.PageCount), Is.EqualTo(25));
        Assert.That(outputs.Where(output => output.PageCount < 10).Select(output => (output.IsDone, output.Problem)), Is.All.EqualTo((true, FetchReasons.BudgetPages)));
        await Task.WhenAll(sites.Select(site => site.DisposeAsync().AsTask()));
    }

    [Test]
    public async Task CleanAsync_PagesAreUsedUp_TheRestIsFiltered()
    {
        await using var site = new HostileSite();

        var outcomes = await OutcomesAsync(site, new RunBudget(4, null, null, null), HostileSite.Status(200, body: "page"));

        Assert.That(outcomes.Where(outcome => outcome.Reason == FetchReasons.BudgetPages).Select(outcome => outcome.State), Is.EqualTo(Enumerable.Repeat(ObjectState.Filtered, 6)));
    }

    [Test]
    public async Task CleanAsync_ErrorsAreUsedUp_TheRestHasFailed()
    {
        await using var site = new HostileSite();

        var outcomes = await OutcomesAsync(site, new RunBudget(null, null, 3, null), HostileSite.Status(404));

        var failed = outcomes.Where(outcome => outcome.Reason == FetchReasons.BudgetErrors).ToList();
        Assert.That(failed, Is.Not.Empty);
        Assert.That(failed.Select(outcome => outcome.State), Is.All.EqualTo(ObjectState.Failed));
    }

    [Test]
    public async Task CleanAsync_BytesAreUsedUp_TheRestIsFiltered()
    {
        await using var site = new HostileSite();

        var outcomes = await OutcomesAsync(site, new RunBudget(null, 1_500, null, null), HostileSite.Status(200, body: new string('x', 1_000)));

        Assert.That(outcomes.Select(outcome => outcome.Reason), Does.Contain(FetchReasons.BudgetBytes));
    }

    [Test]
    public async Task CrawlAsync_TimeIsOver_AsksForNothing()
    {
        await using var site = new HostileSite();

        var outcomes = await OutcomesAsync(site, new RunBudget(null, null, null, Now), HostileSite.Status(200, body: "page"));

        Assert.That(outcomes.Select(outcome => (outcome.State, outcome.Reason)), Is.All.EqualTo((ObjectState.Filtered, FetchReasons.BudgetTime)));
        Assert.That(site.Requests, Is.Empty);
    }

    private async Task<IReadOnlyList<ObjectOutcome>> OutcomesAsync(
        HostileSite site,
        RunBudget budget,
        Func<System.Net.Sockets.NetworkStream, CancellationToken, Task> answer
    )
    {
        // One request at a time, so that what is under way is not more than the budget.
        await using var worker = await ActivityWorker.StartAsync(
            new WorkerSetup { Time = _clock, Settings = new Dictionary<string, string?> { ["Crawl:MaxConcurrencyPerSite"] = "1" } }
        );
        await PlanAsync(site, 0, count: 10, answer);
        var output = await worker.CrawlAsync(new CrawlBatchInput(_run, new PlanSite(site.Root), 0, 0, budget));
        await worker.CleanAsync(new CleanBatchInput(_run, 0, 10, output.Problem));
        var outcomes = await worker.Blobs(_run).OutcomesAsync(0);
        Assert.That((output.IsDone, outcomes.Count), Is.EqualTo((true, 10)));
        return outcomes;
    }

    private async Task PlanAsync(HostileSite site, int batch, int count, Func<System.Net.Sockets.NetworkStream, CancellationToken, Task> answer)
    {
        for (var i = 0; i < count; i++)
        {
            site.Map($"/p/{i}", answer);
        }

        await _one.Blobs(_run).WriteTargetsAsync(batch, Enumerable.Range(0, count).Select(i => new CrawlTarget(site.Url($"/p/{i}"))));
    }
}
