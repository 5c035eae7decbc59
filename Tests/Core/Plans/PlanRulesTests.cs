using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;

namespace Marketline.Tests.Core.Plans;

public sealed class PlanRulesTests
{
    private static readonly Plan Good = new()
    {
        TenantId = TenantId.Parse("demobrand"),
        PlanId = PlanId.Parse("products"),
        Platform = "generic-shop",
        Kind = CrawlKind.Products,
        Sites = [new PlanSite(new Uri("https://shop.example/"))],
        Schedule = "0 */15 * * * *",
    };

    [Test]
    public void Check_GoodPlan_HasNoProblem() => Assert.That(Check(Good), Is.Empty);

    [Test]
    public void Check_UnknownPlatform_NamesTheKnownOnes()
    {
        var problems = Check(Good with { Platform = "nonesuch" });

        Assert.That(problems["platform"].Single(), Does.Contain("generic-shop, shopify"));
    }

    [Test]
    public void Check_EveryBadField_IsNamed()
    {
        var bad = Good with
        {
            Sites = [new PlanSite(new Uri("ftp://shop.example/")), new PlanSite(new Uri("relative", UriKind.Relative))],
            Schedule = "every day",
            Limits = new PlanLimits { BatchSize = 10_000, MaxParallelSites = 0, MaxTargetsPerSite = -1 },
        };

        var problems = Check(bad);

        Assert.That(
            problems.Keys,
            Is.EquivalentTo(
                (string[])
                    [
                        "sites[0].baseUrl", "sites[1].baseUrl", "schedule", "limits.batchSize", "limits.maxParallelSites",
                        "limits.maxTargetsPerSite",
                    ]
            )
        );
    }

    [TestCase("*/15 * * * *", "2026-11-21T03:30:00Z")]
    [TestCase("30 */15 * * * *", "2026-11-21T03:15:30Z")]
    [TestCase("0 0 3 * * *", "2026-11-22T03:00:00Z")]
    public void Next_FiveOrSixFields_IsTheNextSlot(string cron, string expected)
    {
        var schedule = PlanSchedule.TryParse(cron)!;

        var next = schedule.Next(new DateTimeOffset(2026, 11, 21, 3, 15, 0, TimeSpan.Zero));

        Assert.That(next, Is.EqualTo(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static IReadOnlyDictionary<string, string[]> Check(Plan plan) => PlanRules.Check(plan, ["shopify", "generic-shop"]);
}
