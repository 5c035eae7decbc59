using Marketline.Analytics.DuckDb;

namespace Marketline.Tests.Analytics.DuckDb;

public sealed class SqlTextTests
{
    [TestCase("", "''")]
    [TestCase("plain", "'plain'")]
    [TestCase("it's", "'it''s'")]
    [TestCase("'; DROP TABLE t; --", "'''; DROP TABLE t; --'")]
    public void Literal_AnyText_IsOneLiteral(string text, string expected)
    {
        Assert.That(SqlText.Literal(text), Is.EqualTo(expected));
    }
}
