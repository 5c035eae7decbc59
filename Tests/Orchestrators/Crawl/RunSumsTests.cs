using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Orchestrators.Crawl;

namespace Marketline.Tests.Orchestrators.Crawl;

/// <summary>Whatever goes wrong, in any mixture: the run ends, and every target is accounted for once.</summary>
public sealed class RunSumsTests : OrchestratorTest
{
    private const int SiteCount = 4;

    [Test]
    public async Task RunAsync_RandomTroubles_EveryTargetIsAccountedForOnce([Range(1, 25)] int seed)
    {
        var random = new Random(seed);
        for (var site = 0; site < SiteCount; site++)
        {
            Fakes.Targets[site] = random.Next(0, 6) * TestRun.BatchSize;
            MakeTrouble(random, site);
        }

        await Host.StartAsync(nameof(TenantCrawlOrchestrator), TestRun.Id, TestRun.Input(SiteCount, random.Next(1, SiteCount + 1)));
        Fakes.IsCancelled = random.Next(5) == 0;
        await Host.AdvanceAsync(TimeSpan.FromMinutes(40), TimeSpan.FromSeconds(5));

        var summary = await Host.OutputAsync<RunSummary>(TestRun.Id);
        AssertAddsUp(summary.Objects);
        var plannedCount = Fakes.Targets.Where(site => !IsUnplanned(summary, site.Key)).Sum(site => site.Value);
        Assert.That(summary.Objects.Ingested, Is.EqualTo(plannedCount), string.Join("; ", summary.Problems));
        Assert.That(summary.Datasets.Sum(dataset => dataset.RowCount), Is.EqualTo(summary.Objects.Delivered + summary.Objects.Unchanged));
        Assert.That(Fakes.ClosingRecord!.Summary!.Objects, Is.EqualTo(summary.Objects));
    }

    private static bool IsUnplanned(RunSummary summary, int site) =>
        summary.Problems.Any(problem => problem.StartsWith($"https://shop{site}.example/: planning failed", StringComparison.Ordinal));

    private void MakeTrouble(Random random, int site)
    {
        var batchCount = Fakes.Targets[site] / TestRun.BatchSize;
        Maybe(random, $"PlanTargets {site}");
        Maybe(random, "Aggregate []");
        Maybe(random, "RecordRun");
        for (var i = 0; i < batchCount; i++)
        {
            var batch = BatchNumbers.FirstOf(site) + i;
            Maybe(random, $"CrawlBatch {batch}/0");
            Maybe(random, $"CleanBatch {batch}");
            Maybe(random, $"WriteLineage {batch}");
            if (random.Next(10) == 0)
            {
                Host.Fail($"CleanBatch {batch}", Bug);
                Host.Fail($"FailBatch {batch} clean-failed: This never works.", Bug);
            }

            if (random.Next(8) == 0)
            {
                Fakes.DamagedBatches.Add(batch);
            }

            if (random.Next(4) == 0)
            {
                Fakes.Script($"CrawlBatch {batch}/0", new CrawlBatchOutput { IsDone = false, NextSegment = 1, PageCount = 4 }, Later(0, 30));
            }
        }

        Fakes.DoesCleaningMend = random.Next(2) == 0;
        Fakes.GoldBusyCount = random.Next(3);
    }

    private void Maybe(Random random, string step)
    {
        switch (random.Next(12))
        {
            case 0:
                Host.Fail(step, Bug, times: step.StartsWith("RecordRun", StringComparison.Ordinal) ? 3 : int.MaxValue);
                break;
            case 1:
                Host.Fail(step, Throttled, times: random.Next(1, 4));
                break;
        }
    }
}
