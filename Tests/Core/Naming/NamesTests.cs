using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;

namespace Marketline.Tests.Core.Naming;

/// <summary>Names are a contract with stored data and with readers' tools: a change here is a migration.</summary>
public sealed class NamesTests
{
    private static readonly RunRef Run = new()
    {
        RunId = RunId.Parse("demobrand-products-20261121T031500Z"),
        Platform = "generic-shop",
        Kind = CrawlKind.Products,
    };

    [Test]
    public void BlobNames_AreHiveStyle()
    {
        const string Folder = "generic-shop/products/dt=2026-11-21/run=demobrand-products-20261121T031500Z";

        Assert.Multiple(() =>
        {
            Assert.That(BlobNames.Container(Run.TenantId), Is.EqualTo("t-demobrand"));
            Assert.That(BlobNames.Raw(Run, 7), Is.EqualTo($"raw/{Folder}/batch-000007.warc.gz"));
            Assert.That(BlobNames.Clean(Run, 7), Is.EqualTo($"clean/{Folder}/batch-000007.parquet"));
            Assert.That(BlobNames.Quarantine(Run, 7), Is.EqualTo($"quarantine/{Folder}/batch-000007.jsonl"));
            Assert.That(BlobNames.Outcome(Run, 7), Is.EqualTo($"outcome/{Folder}/batch-000007.jsonl.gz"));
            Assert.That(BlobNames.Targets(Run, 100_003), Is.EqualTo($"targets/{Folder}/batch-100003.jsonl"));
            Assert.That(
                BlobNames.Gold("latest_offers", "platform=generic-shop", Run.RunId, 0),
                Is.EqualTo("gold/latest_offers/platform=generic-shop/run=demobrand-products-20261121T031500Z/part-0000.parquet")
            );
        });
    }

    [TestCase(0)]
    [TestCase(100_003)]
    [TestCase(1_200_007)]
    public void BatchOf_AnyBlobOfABatch_IsItsNumber(int batch)
    {
        string[] names = [BlobNames.Clean(Run, batch), BlobNames.Targets(Run, batch), BlobNames.Cursor(Run, batch, 2), BlobNames.GoldOutcome(Run, batch)];

        Assert.That(names.Select(BlobNames.BatchOf), Is.All.EqualTo(batch));
        Assert.That(BlobNames.Clean(Run, batch), Does.StartWith(BlobNames.SiteBatches("clean", Run, BatchNumbers.SiteOf(batch))));
    }

    [Test]
    public void RunRowBefore_Midnight_StandsBetweenTheDays()
    {
        var midnight = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);
        var last = TableKeys.RunRow(new RunId(Run.TenantId, Run.RunId.PlanId, midnight.AddSeconds(-1)));
        var first = TableKeys.RunRow(new RunId(Run.TenantId, Run.RunId.PlanId, midnight));

        Assert.That(new[] { last, TableKeys.RunRowBefore(midnight), first }.Order(StringComparer.Ordinal), Is.EqualTo(new[] { first, TableKeys.RunRowBefore(midnight), last }));
    }

    [Test]
    public void RunRow_LaterRun_SortsFirst()
    {
        var later = RunId.Parse("demobrand-products-20261121T031501Z");

        var rows = new[] { TableKeys.RunRow(Run.RunId), TableKeys.RunRow(later) };

        Assert.That(rows.Order(StringComparer.Ordinal).First(), Is.EqualTo(TableKeys.RunRow(later)));
    }

    [Test]
    public void ScheduleRowBefore_DueNowAndLater_SeparatesThem()
    {
        var now = new DateTimeOffset(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);
        var (tenant, plan) = (TenantId.Parse("zzz"), PlanId.Parse("zzz"));

        var limit = TableKeys.ScheduleRowBefore(now);

        Assert.That(string.CompareOrdinal(TableKeys.ScheduleRow(now, tenant, plan), limit), Is.Negative);
        Assert.That(string.CompareOrdinal(TableKeys.ScheduleRow(now.AddSeconds(1), tenant, plan), limit), Is.Positive);
    }

    [Test]
    public void TargetCountOf_LastBatch_HasTheRest()
    {
        var counts = Enumerable.Range(200_000, 3).Select(batch => BatchNumbers.TargetCountOf(batch, 200, 450));

        Assert.That(counts, Is.EqualTo((int[])[200, 200, 50]));
        Assert.That(BatchNumbers.SiteOf(200_002), Is.EqualTo(2));
    }
}
