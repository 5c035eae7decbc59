using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;

namespace Marketline.Tests.Core.Plans;

public sealed class PlanScheduleTests
{
    private static readonly Plan Good = new()
    {
        TenantId = TenantId.Parse("demobrand"),
        PlanId = PlanId.Parse("products"),
        Platform = "generic-shop",
        Kind = CrawlKind.Products,
        Sites = [new PlanSite(new Uri("https://shop.example/"))],
    };

    [Test]
    public void Read_AllMembers_WritesThemBack()
    {
        const string Json = """
            {"cron":"0 6 * * *","timeZone":"Europe/Berlin","calendar":{"days":["monday"],"from":"06:00","to":"18:00","holidays":["2026-12-25"]},"jitterSeconds":60,"catchUp":"all","maxCatchUp":5,"overlap":"queue","deadlineSeconds":3600,"stuckAfterSeconds":600}
            """;

        Assert.That(JsonSerializer.Serialize(Read(Json), JsonFormat.Options), Is.EqualTo(Json));
    }

    [Test]
    public void Read_Text_IsTheCronExpression() => Assert.That(Read("\"0 6 * * *\""), Is.EqualTo(new PlanSchedule { Cron = "0 6 * * *" }));

    [Test]
    public void Read_PlanOfSchema1_HasItsSchedule()
    {
        const string Row = """
            {"schemaVersion":1,"tenantId":"demobrand","planId":"products","platform":"generic-shop","kind":"Products","sites":[{"baseUrl":"https://shop.example/","isMirror":false}],"schedule":"0 6 * * *","limits":{"batchSize":200,"maxParallelSites":8,"maxTargetsPerSite":1000000},"isPaused":false,"nextDueUtc":"2026-11-22T06:00:00+00:00"}
            """;

        var plan = JsonSerializer.Deserialize<Plan>(Row, JsonFormat.Options)!;

        Assert.That(plan.Schedule, Is.EqualTo(new PlanSchedule { Cron = "0 6 * * *" }));
        Assert.That(plan.NextDueUtc!.Value.Hour, Is.EqualTo(6));
    }

    [TestCase("""{"cron":"0 6 * * *","timezone2":"UTC"}""", "schedule.timezone2")]
    [TestCase("""{"cron":"0 6 * * *","calendar":{"day":"monday"}}""", "schedule.calendar")]
    [TestCase("""{"everySeconds":"often"}""", "everySeconds")]
    [TestCase("""{"cron":"0 6 * * *","overlap":"never"}""", "overlap")]
    [TestCase("""{"everySeconds":1.5}""", "everySeconds")]
    [TestCase("17", "schedule")]
    public void Read_UnknownMemberOrWrongType_IsRefusedWithItsPlace(string json, string place) =>
        Assert.That(() => Read(json), Throws.InstanceOf<JsonException>().With.Property("Path").Contains(place));

    [TestCase("""{}""", "schedule")]
    [TestCase("""{"cron":"0 6 * * *","everySeconds":60}""", "schedule")]
    [TestCase("""{"cron":"every day"}""", "schedule.cron")]
    [TestCase("""{"cron":"60 6 * * *"}""", "schedule.cron")]
    [TestCase("""{"cron":""}""", "schedule.cron")]
    [TestCase("""{"cron":"0 0 30 2 *"}""", "schedule.cron")]
    [TestCase("""{"cron":"0 6 * * *","timeZone":"Europe/Nowhere"}""", "schedule.timeZone")]
    [TestCase("""{"cron":"0 6 * * *","timeZone":"../../etc/passwd"}""", "schedule.timeZone")]
    [TestCase("""{"cron":"0 6 * * *","timeZone":"/usr/share/zoneinfo/Europe/Berlin"}""", "schedule.timeZone")]
    [TestCase("""{"cron":"0 6 * * *","timeZone":""}""", "schedule.timeZone")]
    [TestCase("""{"everySeconds":0}""", "schedule.everySeconds")]
    [TestCase("""{"everySeconds":-5}""", "schedule.everySeconds")]
    [TestCase("""{"everySeconds":60,"jitterSeconds":-1}""", "schedule.jitterSeconds")]
    [TestCase("""{"everySeconds":60,"catchUp":7}""", "schedule.catchUp")]
    [TestCase("""{"everySeconds":60,"overlap":7}""", "schedule.overlap")]
    [TestCase("""{"everySeconds":60,"catchUp":"all"}""", "schedule.overlap")]
    [TestCase("""{"everySeconds":60,"maxCatchUp":101}""", "schedule.maxCatchUp")]
    [TestCase("""{"everySeconds":60,"jitterSeconds":60,"deadlineSeconds":60}""", "schedule.deadlineSeconds")]
    [TestCase("""{"everySeconds":60,"stuckAfterSeconds":1}""", "schedule.stuckAfterSeconds")]
    [TestCase("""{"everySeconds":60,"calendar":{"days":["mo"]}}""", "schedule.calendar.days[0]")]
    [TestCase("""{"everySeconds":60,"calendar":{"days":[null]}}""", "schedule.calendar.days[0]")]
    [TestCase("""{"everySeconds":60,"calendar":{"days":[]}}""", "schedule.calendar.days")]
    [TestCase("""{"everySeconds":60,"calendar":{"from":"9"}}""", "schedule.calendar.from")]
    [TestCase("""{"everySeconds":60,"calendar":{"from":"09:00","to":"09:00"}}""", "schedule.calendar.from")]
    [TestCase("""{"everySeconds":60,"calendar":{"from":"24:00","to":"09:00"}}""", "schedule.calendar.from")]
    [TestCase("""{"everySeconds":60,"calendar":{"to":"25:00"}}""", "schedule.calendar.to")]
    [TestCase("""{"everySeconds":60,"calendar":{"holidays":["25.12.2026"]}}""", "schedule.calendar.holidays[0]")]
    [TestCase("""{"cron":"0 3 * * *","calendar":{"from":"09:00"}}""", "schedule.calendar")]
    public void Check_BadField_IsNamedAlone(string json, string field)
    {
        var problems = Check(Read(json));

        Assert.That(problems.Keys, Is.EqualTo((string[])[field]));
        Assert.That(problems[field].Single(), Does.Contain("expected"));
    }

    [TestCase("""{"everySeconds":1}""")]
    [TestCase("""{"cron":"*/5 * * * * *","timeZone":"America/Argentina/Buenos_Aires"}""")]
    [TestCase("""{"cron":"0 0 29 2 *","timeZone":"Etc/GMT+5"}""")]
    [TestCase("""{"everySeconds":60,"calendar":{},"catchUp":"none","overlap":"replace","deadlineSeconds":61,"jitterSeconds":60}""")]
    [TestCase("""{"everySeconds":60,"catchUp":"all","overlap":"allow","maxCatchUp":100}""")]
    public void Check_GoodSchedule_HasNoProblem(string json) => Assert.That(Check(Read(json)), Is.Empty);

    [Test]
    public void Schedule_Defaults_AreLatestAndSkip() =>
        Assert.That((Read("""{"everySeconds":1}""").CatchUp, Read("""{"everySeconds":1}""").Overlap), Is.EqualTo((CatchUpPolicy.Latest, OverlapPolicy.Skip)));

    private static IReadOnlyDictionary<string, string[]> Check(PlanSchedule schedule) =>
        PlanRules.Check(Good with { Schedule = schedule }, ["generic-shop"], new DateTimeOffset(2026, 11, 21, 3, 15, 0, TimeSpan.Zero));

    private static PlanSchedule Read(string schedule)
    {
        var json = JsonSerializer.Serialize(Good, JsonFormat.Options);
        return JsonSerializer.Deserialize<Plan>($"{json[..^1]},\"schedule\":{schedule}}}", JsonFormat.Options)!.Schedule!;
    }
}
