using Marketline.Core.Admission;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Functions;

/// <summary>A tenant that may run two at once, and what starts its runs.</summary>
internal abstract class RunQueueFixture
{
    protected static readonly DateTimeOffset Slot = new(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);

    private ServiceProvider _storage = null!;

    protected ManualTimeProvider Clock { get; private set; } = null!;

    protected StarterSetup Setup { get; private set; } = null!;

    protected StartRecorder Client { get; private set; } = null!;

    protected TenantId Tenant { get; private set; }

    [SetUp]
    public async Task SetUpAsync()
    {
        Clock = new ManualTimeProvider(Slot.AddSeconds(20));
        _storage = await TestStorage.CreateAsync(Clock);
        Setup = new StarterSetup(_storage, Clock);
        Client = new StartRecorder();
        Tenant = TestStorage.NewTenant();
        await Setup.AddTenantAsync(Tenant, new TenantLimits { MaxActiveRuns = 2 });
    }

    [TearDown]
    public async Task TearDownAsync()
    {
        await Client.DisposeAsync();
        await _storage.DisposeAsync();
    }

    protected AdmissionPool TestPool() => new(AdmissionNames.Runs(Tenant), 2, TimeSpan.MaxValue, TimeSpan.MaxValue);

    protected RunId Id(string plan) => new(Tenant, PlanId.Parse(plan), Slot);

    protected Plan PlanOf(string plan) =>
        new()
        {
            TenantId = Tenant,
            PlanId = PlanId.Parse(plan),
            Platform = "generic-shop",
            Kind = CrawlKind.Products,
            Sites = [new PlanSite(new Uri($"https://{plan}.example/"))],
            Limits = new PlanLimits { BatchSize = 77 },
        };

    protected RunRequest Request(string plan, int priority = 5) =>
        new() { Plan = PlanOf(plan), SlotUtc = Slot, Trigger = new RunTrigger(RunTriggerKind.Request), Priority = priority };

    protected Task<StartResult> StartOneAsync(string plan, int priority = 5) => Setup.Starter.StartAsync(Client, Request(plan, priority), CancellationToken.None);

    protected async Task StartAsync(string plan, int priority) => await StartOneAsync(plan, priority);

    protected async Task<List<StartOutcome>> StartAsync(params string[] plans)
    {
        var outcomes = new List<StartOutcome>();
        foreach (var plan in plans)
        {
            outcomes.Add((await StartOneAsync(plan)).Outcome);
            Clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        return outcomes;
    }

    protected Task<StartResult> StartAgainAsync(OverlapPolicy overlap, int minutes = 1) =>
        Setup.Starter.StartAsync(Client, Request("plan") with { SlotUtc = Slot.AddMinutes(minutes), Overlap = overlap }, CancellationToken.None);

    /// <summary>As the run's closing record does.</summary>
    protected async Task EndAsync(string plan)
    {
        await Setup.Runs.UpdateAsync(Id(plan), row => row with { Status = RunStatus.Completed }, CancellationToken.None);
        await Setup.Queue.LeaveAsync(Client, Id(plan), CancellationToken.None);
    }

    protected Task<bool> CancelAsync(string plan) => Setup.Canceller.CancelAsync(Client, Id(plan), CancellationToken.None);

    protected Task RepairAsync() => Setup.Repair.RunAsync(Client, Tenant, CancellationToken.None);

    protected List<string> Started() => [.. Client.Starts.Select(start => RunId.Parse(start.InstanceId).PlanId.Value)];

    protected async Task<RunStatus> StatusAsync(string plan) => (await Setup.Runs.FindAsync(Id(plan), CancellationToken.None))!.Status;

    protected async Task<IReadOnlyList<Ticket>> TicketsAsync() => (await Setup.Pools.ReadAsync(AdmissionNames.Runs(Tenant), CancellationToken.None)).Tickets;
}
