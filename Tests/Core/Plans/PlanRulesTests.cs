using Marketline.Core.Crawl;
using Marketline.Core.Extract;
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
        Schedule = new PlanSchedule { Cron = "0 */15 * * * *" },
    };

    [Test]
    public void Check_GoodPlan_HasNoProblem() => Assert.That(Check(Good), Is.Empty);

    [Test]
    public void Check_UnknownPlatform_NamesTheKnownOnes()
    {
        var problems = Check(Good with { Platform = "nonesuch" });

        Assert.That(problems["platform"].Single(), Does.Contain("generic-shop, shopify"));
    }

    [TestCase("prices", "reviews")]
    [TestCase]
    public void Check_FollowersOfOtherPlans_AreGood(params string[] plans) =>
        Assert.That(Check(Good with { Then = [.. plans.Select(PlanId.Parse)] }), Is.Empty);

    [TestCase("products")]
    [TestCase("prices", "prices")]
    [TestCase("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k")]
    public void Check_FollowersThatCanNotBe_AreAProblem(params string[] plans) =>
        Assert.That(Check(Good with { Then = [.. plans.Select(PlanId.Parse)] }).Keys, Is.EqualTo(new[] { "then" }));

    /// <summary>As JSON may bring them.</summary>
    [Test]
    public void Check_SitesAreNull_IsNamed()
    {
        Assert.That(Check(Good with { Sites = null! }).Keys, Is.EqualTo(new[] { "sites" }));
        Assert.That(Check(Good with { Sites = [null!, Good.Sites[0]] }).Keys, Is.EqualTo(new[] { "sites[0].baseUrl" }));
        Assert.That(Check(Good with { Sites = [new PlanSite(null!)] }).Keys, Is.EqualTo(new[] { "sites[0].baseUrl" }));
    }

    [TestCase(250, true)]
    [TestCase(251, false)]
    public void Check_AddressOfASite_FitsIntoAPlansRow(int length, bool isGood)
    {
        var site = new PlanSite(new Uri("https://shop.example/".PadRight(length, 'x')));

        Assert.That(Check(Good with { Sites = [site] }), Has.Count.EqualTo(isGood ? 0 : 1));
    }

    [Test]
    public void Check_FarTooManySites_AreNotAllNamed() =>
        Assert.That(Check(Good with { Sites = [.. Enumerable.Repeat<PlanSite>(null!, 10_000)] }), Has.Count.LessThanOrEqualTo(PlanSiteRules.MaxSiteCount + 1));

    [Test]
    public void Check_Selectors_EachBadOneIsNamed()
    {
        FieldOverride[] selectors =
        [
            new() { Field = "price", How = SelectorKind.Css, Expression = ".price" },
            new() { Field = "colour", How = SelectorKind.Css, Expression = ".colour" },
            new() { Field = "sku", How = SelectorKind.Regex, Expression = new string('x', 501) },
            new() { Field = "sku", How = (SelectorKind)9, Expression = " " },
        ];

        var problems = Check(Good with { Sites = [Good.Sites[0] with { Selectors = selectors }] });

        Assert.That(problems.Keys, Is.EquivalentTo(new[] { "sites[0].selectors[1].field", "sites[0].selectors[2].expression", "sites[0].selectors[3].how", "sites[0].selectors[3].expression" }));
    }

    [Test]
    public void Check_SelectorsBeyondWhatABatchCarries_AreAProblem()
    {
        var selectors = Enumerable.Repeat(new FieldOverride { Field = "price", How = SelectorKind.Css, Expression = new string('p', 450) }, 20).ToList();

        var many = Check(Good with { Sites = [Good.Sites[0] with { Selectors = [.. selectors, selectors[0]] }] });
        var tooLong = Check(Good with { Sites = [Good.Sites[0] with { Selectors = selectors }] });

        Assert.That(many.Keys, Is.EquivalentTo(new[] { "sites[0].selectors", "sites" }));
        Assert.That(tooLong.Keys, Is.EqualTo(new[] { "sites" }));
    }

    [Test]
    public void Check_EveryBadField_IsNamed()
    {
        var bad = Good with
        {
            Sites = [new PlanSite(new Uri("ftp://shop.example/")), new PlanSite(new Uri("relative", UriKind.Relative))],
            Schedule = new PlanSchedule { Cron = "every day" },
            Limits = new PlanLimits { BatchSize = 10_000, MaxParallelSites = 0, MaxTargetsPerSite = -1, MaxPages = 0, MaxMegabytes = 0, MaxErrors = 0, MaxMinutes = 0 },
        };

        var problems = Check(bad);

        Assert.That(
            problems.Keys,
            Is.EquivalentTo(
                (string[])
                    [
                        "sites[0].baseUrl", "sites[1].baseUrl", "schedule.cron", "limits.batchSize", "limits.maxParallelSites",
                        "limits.maxTargetsPerSite", "limits.maxPages", "limits.maxMegabytes", "limits.maxErrors", "limits.maxMinutes",
                    ]
            )
        );
    }

    private static IReadOnlyDictionary<string, string[]> Check(Plan plan) => PlanRules.Check(plan, ["shopify", "generic-shop"], new DateTimeOffset(2026, 11, 21, 3, 15, 0, TimeSpan.Zero));
}
