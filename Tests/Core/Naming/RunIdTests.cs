using System.Text.Json;
using Marketline.Core.Naming;

namespace Marketline.Tests.Core.Naming;

public sealed class RunIdTests
{
    private static readonly DateTimeOffset Slot = new(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);

    [TestCase(0, "demobrand-products-20261121T031500Z")]
    [TestCase(2, "demobrand-products-20261121T031500Z-r2")]
    public void ToString_AndParse_RoundTrip(int rerun, string expected)
    {
        var id = new RunId(TenantId.Parse("demobrand"), PlanId.Parse("products"), Slot, rerun);

        Assert.That(id.ToString(), Is.EqualTo(expected));
        Assert.That(RunId.Parse(expected), Is.EqualTo(id));
    }

    [Test]
    public void Constructor_InstantWithFractionsAndOffset_IsTheSameSlot()
    {
        var local = new DateTimeOffset(2026, 11, 21, 4, 15, 0, 999, TimeSpan.FromHours(1));

        var id = new RunId(TenantId.Parse("demobrand"), PlanId.Parse("products"), local);

        Assert.That(id.ScheduledUtc, Is.EqualTo(Slot));
        Assert.That(id.Date, Is.EqualTo(new DateOnly(2026, 11, 21)));
    }

    [TestCase("")]
    [TestCase("demobrand-products")]
    [TestCase("demobrand-products-20261121T031500")]
    [TestCase("demobrand-products-20261321T031500Z")]
    [TestCase("demobrand-products-20261121T031500Z-r0")]
    [TestCase("demobrand-products-20261121T031500Z-r01")]
    [TestCase("demobrand-products-20261121T031500Z-x")]
    [TestCase("demobrand-products-20261121T031500Z-r1-r2")]
    [TestCase("DEMO-products-20261121T031500Z")]
    public void TryParse_AnythingElse_IsRefused(string text)
    {
        var isValid = RunId.TryParse(text, out _);

        Assert.That(isValid, Is.False);
    }

    [Test]
    public void Json_IsThePlainText()
    {
        var id = RunId.Parse("demobrand-products-20261121T031500Z-r1");

        var json = JsonSerializer.Serialize(id);

        Assert.That(json, Is.EqualTo("\"demobrand-products-20261121T031500Z-r1\""));
        Assert.That(JsonSerializer.Deserialize<RunId>(json), Is.EqualTo(id));
    }
}
