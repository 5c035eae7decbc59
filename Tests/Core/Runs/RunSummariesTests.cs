using Marketline.Core.Aggregate;
using Marketline.Core.Crawl;
using Marketline.Core.Runs;

namespace Marketline.Tests.Core.Runs;

public sealed class RunSummariesTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);

    private static readonly ObjectCounts Crawled = new() { Ingested = 10, Filtered = 1, Quarantined = 2, Failed = 1 };

    [Test]
    public void Fold_AllWell_CountsAddUpAndItIsCompleted()
    {
        var gold = new AggregateOutput { Objects = new ObjectCounts { Delivered = 4, Unchanged = 1, Filtered = 1 } };

        var summary = Fold([new PlanTargetsOutput(1, 10)], [new CrawlSiteOutput { Objects = Crawled }], gold, []);

        Assert.That(summary.Status, Is.EqualTo(RunStatus.Completed));
        Assert.That(summary.Objects, Is.EqualTo(Crawled + gold.Objects));
        Assert.That(summary.Objects.InTransit, Is.Zero);
    }

    [Test]
    public void Fold_GoldStepFailed_CleanObjectsFailAndNothingIsLost()
    {
        var summary = Fold([new PlanTargetsOutput(1, 10)], [new CrawlSiteOutput { Objects = Crawled }], new AggregateOutput(), ["aggregation failed"]);

        Assert.That(summary.Status, Is.EqualTo(RunStatus.CompletedWithErrors));
        Assert.That(summary.Objects.Failed, Is.EqualTo(7));
        Assert.That(summary.Objects.InTransit, Is.Zero);
    }

    [Test]
    public void Fold_CleanObjectsDidNotGetToGoldThoughNothingFailed_IsAProblem()
    {
        var gold = new AggregateOutput { Objects = new ObjectCounts { Delivered = 2 } };

        var summary = Fold([new PlanTargetsOutput(1, 10)], [new CrawlSiteOutput { Objects = Crawled }], gold, []);

        Assert.That(summary.Status, Is.EqualTo(RunStatus.CompletedWithErrors));
        Assert.That(summary.Problems, Has.One.StartsWith("4 objects were clean"));
        Assert.That((summary.Objects.Failed, summary.Objects.InTransit), Is.EqualTo((5, 0)));
    }

    [Test]
    public void Fold_GoldHoldsMoreThanWasCounted_CountsThemAsIngested()
    {
        var brokenOff = new CrawlSiteOutput { Objects = new ObjectCounts { Ingested = 1 } };
        var gold = new AggregateOutput { Objects = new ObjectCounts { Delivered = 250 } };

        var summary = Fold([new PlanTargetsOutput(1, 1)], [brokenOff], gold, ["site broke off"]);

        Assert.That(summary.Objects, Is.EqualTo(new ObjectCounts { Ingested = 250, Delivered = 250 }));
    }

    [Test]
    public void Fold_NoSiteCouldBePlanned_IsFailed()
    {
        var summary = Fold([new PlanTargetsOutput(0, 0, "no sitemap")], [new CrawlSiteOutput()], new AggregateOutput(), ["no sitemap"]);

        Assert.That(summary.Status, Is.EqualTo(RunStatus.Failed));
    }

    [Test]
    public void Fold_ASiteWasCancelled_IsCancelled()
    {
        var sites = new[] { new CrawlSiteOutput(), new CrawlSiteOutput { IsCancelled = true } };

        var summary = Fold([new PlanTargetsOutput(1, 1), new PlanTargetsOutput(1, 1)], sites, new AggregateOutput(), []);

        Assert.That(summary.Status, Is.EqualTo(RunStatus.Cancelled));
    }

    private static RunSummary Fold(
        PlanTargetsOutput[] plans,
        CrawlSiteOutput[] sites,
        AggregateOutput gold,
        string[] problems
    ) => RunSummaries.Fold(At, At.AddSeconds(1), plans, sites, gold, problems);
}
