using Marketline.Core.Crawl;
using Marketline.Core.Faults;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Marketline.Orchestrators.Crawl;
using Marketline.Orchestrators.Lineage;
using Marketline.Orchestrators.Tenants;

namespace Marketline.Tests.Orchestrators;

/// <summary>How the stored histories came about: <c>&lt;orchestrator&gt;-&lt;scenario&gt;</c> and the way there.</summary>
internal static class HistoryScenarios
{
    /// <returns>The instance whose history is the scenario's.</returns>
    public delegate Task<string> Scenario(OrchestratorHost host, FakeSteps fakes);

    public static readonly IReadOnlyDictionary<string, Scenario> All = new Dictionary<string, Scenario>
    {
        [$"{nameof(TenantCrawlOrchestrator)}-TwoSites"] = TwoSitesAsync,
        [$"{nameof(TenantCrawlOrchestrator)}-Troubled"] = TroubledRunAsync,
        [$"{nameof(TenantCrawlOrchestrator)}-RerunOfFailed"] = RerunOfFailedAsync,
        [$"{nameof(TenantCrawlOrchestrator)}-Followers"] = FollowersAsync,
        [$"{nameof(TenantCrawlOrchestrator)}-PlannedInSegments"] = PlannedInSegmentsAsync,
        [$"{nameof(CrawlSiteOrchestrator)}-CleanedAgain"] = CleanedAgainAsync,
        [$"{nameof(CrawlSiteOrchestrator)}-Reused"] = ReusedAsync,
        [$"{nameof(RecordRunOrchestrator)}-Again"] = RecordedAgainAsync,
        [$"{nameof(CrawlSiteOrchestrator)}-TwoBatches"] = TwoBatchesAsync,
        [$"{nameof(CrawlSiteOrchestrator)}-Troubled"] = TroubledSiteAsync,
        [$"{nameof(CrawlSiteOrchestrator)}-SecondWindow"] = SecondWindowAsync,
        [$"{nameof(CrawlSiteOrchestrator)}-Queued"] = QueuedAsync,
        [$"{nameof(RecordRunOrchestrator)}-Closing"] = ClosingAsync,
        [$"{nameof(RecordRunOrchestrator)}-TablesAway"] = TablesAwayAsync,
        [$"{nameof(DeleteTenantOrchestrator)}-Stubborn"] = StubbornTenantAsync,
    };

    private static async Task<string> TwoSitesAsync(OrchestratorHost host, FakeSteps fakes)
    {
        fakes.Targets[0] = 15;
        await host.StartAsync(nameof(TenantCrawlOrchestrator), TestRun.Id, TestRun.Input(siteCount: 2));
        return TestRun.Id;
    }

    private static async Task<string> TroubledRunAsync(OrchestratorHost host, FakeSteps fakes)
    {
        fakes.Script("PlanTargets 0", new PlanTargetsOutput(0, 0, null, TestRun.StartUtc.AddSeconds(3)));
        fakes.DamagedBatches.UnionWith([0, 100_000]);
        fakes.GoldBusyCount = 1;
        host.Fail("PlanTargets 1", new TransientStepException("The service is busy."), times: 1);
        host.Fail("PlanTargets 2", new InvalidOperationException("This never works."));
        await host.StartAsync(nameof(TenantCrawlOrchestrator), TestRun.Id, TestRun.Input(siteCount: 4, maxParallelSites: 2));
        await host.AdvanceAsync(TimeSpan.FromSeconds(20));
        return TestRun.Id;
    }

    private static async Task<string> RerunOfFailedAsync(OrchestratorHost host, FakeSteps fakes)
    {
        fakes.Script("PlanRerun 0", new PlanRerunOutput(1, 4));
        fakes.Script("PlanRerun 1", new PlanRerunOutput(0, 0, IsUnplanned: true));
        await host.StartAsync(nameof(TenantCrawlOrchestrator), TestRun.Id, TestRun.RerunInput(RerunStep.Crawl, RerunScope.Failed, siteCount: 2));
        return TestRun.Id;
    }

    /// <summary>A large site is planned in three time boxes, with a pause before the last; pages are remembered; the run has a budget.</summary>
    private static async Task<string> PlannedInSegmentsAsync(OrchestratorHost host, FakeSteps fakes)
    {
        fakes.Script(
            "PlanTargets 0",
            new PlanTargetsOutput(3, 35, NextSegment: 1),
            new PlanTargetsOutput(5, 57, ResumeUtc: TestRun.StartUtc.AddSeconds(5), NextSegment: 2),
            new PlanTargetsOutput(7, 63)
        );
        var input = TestRun.Input(siteCount: 1);
        await host.StartAsync(nameof(TenantCrawlOrchestrator), TestRun.Id, input with { Limits = input.Limits with { MaxPages = 40, MaxMinutes = 10 } });
        await host.AdvanceAsync(TimeSpan.FromSeconds(20));
        return TestRun.Id;
    }

    private static async Task<string> FollowersAsync(OrchestratorHost host, FakeSteps fakes)
    {
        var input = TestRun.Input(siteCount: 1) with { Then = [PlanId.Parse("reviews"), PlanId.Parse("prices")], Depth = 2 };
        await host.StartAsync(nameof(TenantCrawlOrchestrator), TestRun.Id, input);
        return TestRun.Id;
    }

    private static Task<string> CleanedAgainAsync(OrchestratorHost host, FakeSteps fakes) => TakenOverAsync(host, RerunStep.Clean);

    private static Task<string> ReusedAsync(OrchestratorHost host, FakeSteps fakes) => TakenOverAsync(host, RerunStep.Aggregate);

    private static async Task<string> TakenOverAsync(OrchestratorHost host, RerunStep from)
    {
        var checkpoint = TestRun.SiteInput(45) with { Rerun = TestRun.RerunInput(from).Rerun };
        await host.StartAsync(nameof(CrawlSiteOrchestrator), TestRun.SiteId(0), checkpoint);
        return TestRun.SiteId(0);
    }

    private static async Task<string> RecordedAgainAsync(OrchestratorHost host, FakeSteps fakes)
    {
        fakes.Outcomes[0] = fakes.Outcomes[1] = fakes.Outcomes[100_000] = 7;
        await host.StartAsync(nameof(RecordRunOrchestrator), TestRun.RecordId("again"), TestRun.Closing() with { IsAgain = true });
        return TestRun.RecordId("again");
    }

    private static async Task<string> TwoBatchesAsync(OrchestratorHost host, FakeSteps fakes)
    {
        await host.StartAsync(nameof(CrawlSiteOrchestrator), TestRun.SiteId(0), TestRun.SiteInput(15));
        return TestRun.SiteId(0);
    }

    private static async Task<string> TroubledSiteAsync(OrchestratorHost host, FakeSteps fakes)
    {
        fakes.Script("CrawlBatch 0/0", new CrawlBatchOutput { IsDone = false, NextSegment = 1, PageCount = 6 });
        fakes.Script("CrawlBatch 0/1", new CrawlBatchOutput { IsDone = false, NextSegment = 2, ResumeUtc = TestRun.StartUtc.AddSeconds(9) });
        host.Fail("CrawlBatch 1/0", new TransientStepException("The service is busy."), times: 2);
        host.Fail("CrawlBatch 2/0", new InvalidOperationException("This never works."));
        host.Fail("CleanBatch 3", new InvalidOperationException("This never works."));
        await host.StartAsync(nameof(CrawlSiteOrchestrator), TestRun.SiteId(0), TestRun.SiteInput(50));
        await host.AdvanceAsync(TimeSpan.FromSeconds(20));
        return TestRun.SiteId(0);
    }

    private static async Task<string> SecondWindowAsync(OrchestratorHost host, FakeSteps fakes)
    {
        fakes.Script("CrawlBatch 25/0", new CrawlBatchOutput { IsDone = false, NextSegment = 0, ResumeUtc = TestRun.StartUtc.AddHours(1) });
        await host.StartAsync(nameof(CrawlSiteOrchestrator), TestRun.SiteId(0), TestRun.SiteInput(450));
        return TestRun.SiteId(0);
    }

    /// <summary>The first batch is told that it has a place; the second asks by itself, is told late, and has used up the day's pages.</summary>
    private static async Task<string> QueuedAsync(OrchestratorHost host, FakeSteps fakes)
    {
        var queued = new CrawlBatchOutput { IsDone = false, NextSegment = 0, ResumeUtc = TestRun.StartUtc.AddSeconds(5), IsQueued = true };
        fakes.Script("CrawlBatch 0/0", queued);
        fakes.Script("CrawlBatch 1/0", queued, queued with { ResumeUtc = TestRun.StartUtc.AddHours(1) }, new CrawlBatchOutput { IsDone = true, NextSegment = 0, Problem = FetchReasons.QuotaPages });
        await host.StartAsync(nameof(CrawlSiteOrchestrator), TestRun.SiteId(0), TestRun.SiteInput(15));
        await host.RaiseAsync(TestRun.SiteId(0), AdmissionNames.Admitted, "batch 0");
        await host.AdvanceAsync(TimeSpan.FromSeconds(6));
        await host.RaiseAsync(TestRun.SiteId(0), AdmissionNames.Admitted, "batch 1");
        return TestRun.SiteId(0);
    }

    private static async Task<string> ClosingAsync(OrchestratorHost host, FakeSteps fakes)
    {
        var ranges = new[] { new BatchRange(0, 12), new BatchRange(100_000, 1) };
        await host.StartAsync(nameof(RecordRunOrchestrator), TestRun.RecordId("close"), TestRun.Closing(ranges));
        return TestRun.RecordId("close");
    }

    private static async Task<string> TablesAwayAsync(OrchestratorHost host, FakeSteps fakes)
    {
        host.Fail("WriteLineage", new TransientStepException("The service is busy."), times: 3);
        host.Fail("RecordRun", new TransientStepException("The service is busy."), times: 1);
        await host.StartAsync(nameof(RecordRunOrchestrator), TestRun.RecordId("close"), TestRun.Closing(new BatchRange(0, 1)));
        await host.AdvanceAsync(TimeSpan.FromSeconds(20));
        return TestRun.RecordId("close");
    }

    private static async Task<string> StubbornTenantAsync(OrchestratorHost host, FakeSteps fakes)
    {
        fakes.RunningCount = (int.MaxValue, 2);
        host.Fail("RemoveTenant first", new TransientStepException("The service is busy."), times: 1);
        var id = InstanceIds.Deletion(TestRun.Ref.TenantId);
        await host.StartAsync(nameof(DeleteTenantOrchestrator), id, new DeleteTenantInput(TestRun.Ref.TenantId));
        await host.AdvanceAsync(TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(5));
        return id;
    }
}
