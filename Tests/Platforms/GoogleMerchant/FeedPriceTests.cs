using System.Globalization;
using Marketline.Platforms.GoogleMerchant;

namespace Marketline.Tests.Platforms.GoogleMerchant;

internal sealed class FeedPriceTests
{
    [TestCase("12.50 EUR", "12.50", "EUR")]
    [TestCase("EUR 12.50", "12.50", "EUR")]
    [TestCase("12.500 kwd", "12.500", "KWD")]
    [TestCase("15USD", "15", "USD")]
    [TestCase("€ 99,50", "€ 99,50", null)]
    [TestCase("1,234.50 USD", "1,234.50 USD", null)]
    [TestCase("free", "free", null)]
    public void Read_Text_IsTakenApartWhereItIsOfGooglesForm(string text, string amount, string? currency) =>
        Assert.That(FeedPrice.Read(text), Is.EqualTo(new FeedPrice(amount, currency)));

    [TestCase(null)]
    [TestCase("  ")]
    public void Read_Nothing_IsNone(string? text) => Assert.That(FeedPrice.Read(text), Is.Null);

    [TestCase(null, "2026-03-01T12:00Z", true)]
    [TestCase("2026-02-24T13:00-0800/2026-03-29T15:30-0800", "2026-03-01T12:00Z", true)]
    [TestCase("2026-02-24T13:00-0800/2026-03-29T15:30-0800", "2026-02-24T20:59Z", false)]
    [TestCase("2026-02-24T13:00-0800/2026-03-29T15:30-0800", "2026-03-29T23:31Z", false)]
    [TestCase("2026-02-24T13:00Z / 2026-03-29T15:30Z", "2026-03-29T15:29Z", true)]
    [TestCase("2026-02-24/2026-03-01", "2026-03-01T23:59Z", true)]
    [TestCase("2026-02-24/2026-03-01", "2026-03-02T00:01Z", false)]
    [TestCase("soon", "2026-03-02T00:01Z", true)]
    public void IsOn_Dates_BoundTheSale(string? dates, string time, bool expected) =>
        Assert.That(FeedPrice.IsOn(dates, DateTimeOffset.Parse(time, CultureInfo.InvariantCulture)), Is.EqualTo(expected));
}
