using System.Buffers;
using System.Text;
using Marketline.Analytics.Query;

namespace Marketline.Tests.Analytics.Query;

public sealed class CsvTests
{
    private static readonly DatasetColumn[] Columns =
    [
        new("text", "VARCHAR", true, ""), new("price", "DECIMAL(18,4)", true, ""), new("ratio", "DOUBLE", true, ""), new("at", "TIMESTAMPTZ", true, ""),
        new("day", "DATE", true, ""), new("flag", "BOOLEAN", true, ""),
    ];

    [Test]
    public void WriteRow_Values_HaveOneFormEverywhere()
    {
        var at = new DateTimeOffset(2026, 11, 21, 10, 30, 0, 5, TimeSpan.Zero);

        var csv = Write(RowFormat.Csv, ["shoe", -1234.5m, -0.25, at, new DateOnly(2026, 11, 21), true]);

        Assert.That(csv, Is.EqualTo("text,price,ratio,at,day,flag\r\nshoe,-1234.5,-0.25,2026-11-21T10:30:00.005000Z,2026-11-21,true\r\n"));
    }

    [TestCase("a,b", "\"a,b\"")]
    [TestCase("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [TestCase("two\r\nlines", "\"two\r\nlines\"")]
    [TestCase("", "\"\"")]
    [TestCase(null, "")]
    [TestCase(" plain ", " plain ")]
    [TestCase("名前", "名前")]
    public void WriteRow_Text_IsQuotedAsRfc4180Says(string? text, string expected) => Assert.That(Field(RowFormat.Csv, text), Is.EqualTo(expected));

    [TestCase("=1+1", "'=1+1")]
    [TestCase("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [TestCase("+49 30", "'+49 30")]
    [TestCase("-5% off", "'-5% off")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("\t=1", "'\t=1")]
    [TestCase("\r=1", "\"'\r=1\"")]
    [TestCase("＝1", "'＝1")]
    [TestCase("a=1", "a=1")]
    public void WriteRow_Formula_IsGuardedUnlessAskedOtherwise(string text, string expected)
    {
        Assert.That(Field(RowFormat.Csv, text), Is.EqualTo(expected));
        Assert.That(Field(RowFormat.RawCsv, text), Does.Not.StartWith("'").And.Not.StartWith("\"'"));
    }

    private static string Field(RowFormat format, string? text) => Write(format, [text, null, null, null, null, null]).Split("\r\n", 2)[1][..^"\r\n".Length][..^5];

    private static string Write(RowFormat format, object?[] row)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = format.Writer(Columns);
        writer.WriteHead(output);
        writer.WriteRow(output, row);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
