using Marketline.Core.Clean;

namespace Marketline.Tests.Core.Clean;

public sealed class PlainTextTests
{
    [TestCase("  a \n\t b ", "a b")]
    [TestCase("Tom &amp; Jerry", "Tom & Jerry")]
    [TestCase("<p>One<br/>two</p>", "One two")]
    [TestCase("&lt;b&gt;bold&lt;/b&gt;", "bold")]
    [TestCase("5 < 6 and 7 > 2", "5 < 6 and 7 > 2")]
    [TestCase("caf\u00e9\u200b \u200eright", "caf\u00e9 right")]
    [TestCase("a\u00a0b\u0000c", "a b c")]
    [TestCase("<broken", "<broken")]
    [TestCase("   ", null)]
    [TestCase("<p></p>", null)]
    [TestCase(null, null)]
    public void Clean_Text_IsWhatAPersonReads(string? text, string? expected)
    {
        var plain = PlainText.Clean(text);

        Assert.That(plain, Is.EqualTo(expected));
    }

    [Test]
    public void Clean_TooLong_IsCutBetweenCharacters()
    {
        var plain = PlainText.Clean("ab😀cd", 3);

        Assert.That(plain, Is.EqualTo("ab"));
    }
}
