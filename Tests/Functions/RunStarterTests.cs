using System.Diagnostics;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Functions;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Functions;

public sealed class RunStarterTests
{
    private static readonly DateTimeOffset Slot = new(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);

    private ServiceProvider _storage = null!;
    private TableRunStore _runs = null!;
    private StartRecorder _client = null!;
    private RunStarter _starter = null!;
    private Plan _plan = null!;

    [SetUp]
    public async Task SetUp()
    {
        _storage = await TestStorage.CreateAsync();
        var setup = new StarterSetup(_storage);
        _runs = setup.Runs;
        _client = new StartRecorder();
        _starter = setup.Starter;
        _plan = new Plan
        {
            TenantId = TestStorage.NewTenant(),
            PlanId = PlanId.Parse("prices"),
            Platform = "generic-shop",
            Kind = CrawlKind.Prices,
            Sites = [new PlanSite(new Uri("https://shop.example/"))],
            Limits = new PlanLimits { BatchSize = 77 },
        };
        await setup.AddTenantAsync(_plan.TenantId);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _client.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Test]
    public async Task Start_Plan_InsertsTheRowAndStartsUnderTheRunsId()
    {
        var runId = await StartAsync();

        var row = await _runs.FindAsync(runId, CancellationToken.None);
        var (orchestrator, instanceId, input) = _client.Starts.Single();
        var run = (RunInput)input!;
        Assert.That(runId, Is.EqualTo(new RunId(_plan.TenantId, _plan.PlanId, Slot)));
        Assert.That((row!.Status, row.Run.Platform, row.Run.Kind), Is.EqualTo((RunStatus.Scheduled, "generic-shop", CrawlKind.Prices)));
        Assert.That((orchestrator, instanceId), Is.EqualTo(("TenantCrawlOrchestrator", runId.Value)));
        Assert.That((run.Run.RunId, run.Sites, run.Limits), Is.EqualTo((runId, _plan.Sites, _plan.Limits)));
    }

    [Test]
    public async Task Start_InsideATrace_RunCarriesIt()
    {
        using var activity = new Activity("timer").SetIdFormat(ActivityIdFormat.W3C).Start();

        await StartAsync();

        Assert.That(((RunInput)_client.Starts.Single().Input!).Run.TraceParent, Is.EqualTo(activity.Id));
    }

    [TestCase(OrchestrationRuntimeStatus.Running)]
    [TestCase(OrchestrationRuntimeStatus.Pending)]
    [TestCase(OrchestrationRuntimeStatus.Suspended)]
    [TestCase(OrchestrationRuntimeStatus.Completed)]
    [TestCase(OrchestrationRuntimeStatus.Failed)]
    [TestCase(OrchestrationRuntimeStatus.Terminated)]
    public async Task Start_SameSlotAgain_IsOneRun(OrchestrationRuntimeStatus status)
    {
        var first = await StartAsync();
        _client.End(first.Value, status);

        var second = await StartAsync();

        Assert.That(second, Is.EqualTo(first));
        Assert.That(_client.Starts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Start_RowIsThereButNothingWasStarted_Starts()
    {
        var runId = new RunId(_plan.TenantId, _plan.PlanId, Slot);
        var row = new RunRecord { Run = new RunRef { RunId = runId, Platform = "generic-shop", Kind = CrawlKind.Prices }, Status = RunStatus.Scheduled };
        await _runs.TryAddAsync(row, CancellationToken.None);

        await StartAsync();

        Assert.That(_client.Starts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Start_AnotherTaskHubHasTheRun_ItStaysThere()
    {
        var runId = new RunId(_plan.TenantId, _plan.PlanId, Slot);
        var row = new RunRecord { Run = new RunRef { RunId = runId, Platform = "generic-shop", Kind = CrawlKind.Prices }, Status = RunStatus.Scheduled, TaskHub = "other" };
        await _runs.TryAddAsync(row, CancellationToken.None);

        var started = await StartAsync();

        Assert.That(started, Is.EqualTo(runId));
        Assert.That(_client.Starts, Is.Empty);
    }

    [Test]
    public async Task Start_OwnHubHasTheRowButDidNotStart_Starts()
    {
        _client.Failing = _ => (new TimeoutException("no answer"), IsBefore: true);
        Assert.That(StartAsync, Throws.TypeOf<TimeoutException>());
        _client.Failing = _ => null;

        var runId = await StartAsync();

        Assert.That((await _runs.FindAsync(runId, CancellationToken.None))!.TaskHub, Is.EqualTo(_client.Name));
        Assert.That(_client.Starts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Start_RunIsDoneAlready_ItsRowIsNotTouched()
    {
        var runId = await StartAsync();
        await _runs.UpdateAsync(runId, row => row with { Status = RunStatus.Completed, PageCount = 5 }, CancellationToken.None);

        await StartAsync();

        Assert.That((await _runs.FindAsync(runId, CancellationToken.None))!.PageCount, Is.EqualTo(5));
    }

    [Test]
    public async Task Start_EngineFailsAfterItHadStarted_IsASuccess()
    {
        _client.Failing = _ => (new TimeoutException("no answer"), IsBefore: false);

        await StartAsync();

        Assert.That(_client.Starts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Start_EngineFailsWithoutStarting_Throws()
    {
        _client.Failing = _ => (new TimeoutException("no answer"), IsBefore: true);

        Assert.That(StartAsync, Throws.TypeOf<TimeoutException>());
    }

    private async Task<RunId> StartAsync()
    {
        var request = new RunRequest { Plan = _plan, SlotUtc = Slot, Trigger = RunTrigger.Schedule };
        return (await _starter.StartAsync(_client, request, CancellationToken.None)).RunId;
    }
}
