using FsCheck;
using FsCheck.Fluent;
using Marketline.Core.Clean;

namespace Marketline.Tests.Core.Clean;

public sealed class GtinTests
{
    [TestCase("96385074", "96385074")]
    [TestCase("036000291452", "036000291452")]
    [TestCase("4006381333931", "4006381333931")]
    [TestCase("10614141000415", "10614141000415")]
    [TestCase(" 978-3-16-148410-0 ", "9783161484100")]
    [TestCase("ean:4006381333931", "4006381333931")]
    [TestCase("4006381333932", null)]
    [TestCase("400638133393", null)]
    [TestCase("0000000000000", null)]
    [TestCase("12345", null)]
    [TestCase("400638133393x", null)]
    [TestCase("", null)]
    public void TryNormalise_Text_ChecksLengthAndDigit(string text, string? expected)
    {
        var gtin = Gtin.TryNormalise(text);

        Assert.That(gtin, Is.EqualTo(expected));
    }

    [Test]
    public void TryNormalise_OneDigitChanged_IsRefused()
    {
        var changes = (from place in Gen.Choose(0, 12) from shift in Gen.Choose(1, 9) select (place, shift)).ToArbitrary();
        var property = Prop.ForAll(changes, change => Gtin.TryNormalise(Shifted("4006381333931", change.place, change.shift)) is null);

        Assert.DoesNotThrow(() => property.Check(Config.QuickThrowOnFailure.WithReplay(1UL, 3UL)));
    }

    private static string Shifted(string digits, int place, int shift) =>
        string.Concat(digits.Select((digit, index) => index == place ? (char)('0' + ((digit - '0' + shift) % 10)) : digit));
}
