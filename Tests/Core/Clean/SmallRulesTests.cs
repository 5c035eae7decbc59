using Marketline.Core.Clean;

namespace Marketline.Tests.Core.Clean;

/// <summary><see cref="ConditionText"/>, <see cref="RatingScale"/> and <see cref="DateText"/>.</summary>
public sealed class SmallRulesTests
{
    [TestCase("https://schema.org/NewCondition", ItemCondition.New)]
    [TestCase("UsedCondition", ItemCondition.Used)]
    [TestCase("Generalüberholt", ItemCondition.Refurbished)]
    [TestCase("Amazon Renewed", ItemCondition.Refurbished)]
    [TestCase("DamagedCondition", ItemCondition.Damaged)]
    [TestCase("blue", null)]
    public void ConditionText_Text_GivesSchemaOrgsValue(string text, ItemCondition? expected)
    {
        var condition = ConditionText.Parse(text);

        Assert.That(condition, Is.EqualTo(expected));
    }

    [TestCase(4.4, null, 4.4)]
    [TestCase(8, null, 4)]
    [TestCase(92, null, 4.6)]
    [TestCase(8, 10, 4)]
    [TestCase(4, 5, 4)]
    [TestCase(6, 5, null)]
    [TestCase(-1, 5, null)]
    public void RatingScale_Value_ComesToFive(decimal value, decimal? best, decimal? expected)
    {
        var rating = RatingScale.ToFive(value, best);

        Assert.That(rating, Is.EqualTo(expected));
    }

    [TestCase("2024-03-05", null, "2024-03-05")]
    [TestCase("2024-03-05T23:30:00-08:00", null, "2024-03-05")]
    [TestCase("Tue, 05 Mar 2024 10:00:00 GMT", null, "2024-03-05")]
    [TestCase("05.03.2024", "de", "2024-03-05")]
    [TestCase("03/05/2024", "en-US", "2024-03-05")]
    [TestCase("05/03/2024", "en-GB", "2024-03-05")]
    [TestCase("March 5, 2024", "en", "2024-03-05")]
    [TestCase("2024年3月5日", "ja", "2024-03-05")]
    [TestCase("0001-01-01", null, null)]
    [TestCase("yesterday", "en", null)]
    [TestCase("", null, null)]
    public void DateText_Text_GivesTheDay(string text, string? language, string? expected)
    {
        var day = DateText.Parse(text, language);

        Assert.That(day?.ToString("yyyy-MM-dd"), Is.EqualTo(expected));
    }
}
