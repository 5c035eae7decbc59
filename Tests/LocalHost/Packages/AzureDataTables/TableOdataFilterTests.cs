using System.Globalization;
using Azure.Data.Tables;

namespace Marketline.Tests.LocalHost.Packages.AzureDataTables;

public sealed class TableOdataFilterTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.FromHours(1));

    private static IEnumerable<TestCaseData> Literals =>
    [
        new TestCaseData("it's ''", "'it''s '''''").SetArgDisplayNames("quotes"),
        new TestCaseData('\'', "''''").SetArgDisplayNames("quote character"),
        new TestCaseData(true, "true"),
        new TestCaseData(42, "42"),
        new TestCaseData(42L, "42L"),
        new TestCaseData(1.5, "1.5"),
        new TestCaseData(Guid.Empty, "guid'00000000-0000-0000-0000-000000000000'"),
        new TestCaseData(Time, "datetime'2026-03-04T04:06:07.089Z'"),
        new TestCaseData(Time.UtcDateTime, "datetime'2026-03-04T04:06:07.089Z'"),
        new TestCaseData(new byte[] { 1, 0xAB }, "X'01AB'").SetArgDisplayNames("bytes"),
        new TestCaseData(new BinaryData(new byte[] { 0xFF }), "X'FF'").SetArgDisplayNames("binary data"),
        new TestCaseData(null, "null"),
    ];

    [TestCaseSource(nameof(Literals))]
    public void CreateQueryFilter_Argument_BecomesALiteral(object? value, string literal)
    {
        var filter = TableClient.CreateQueryFilter($"Property eq {value}");

        Assert.That(filter, Is.EqualTo($"Property eq {literal}"));
    }

    [Test]
    public void CreateQueryFilter_OtherCulture_WritesInvariantNumbers()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = comma;

            Assert.That(TableClient.CreateQueryFilter($"Price ge {1.5}"), Is.EqualTo("Price ge 1.5"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void CreateQueryFilter_UnknownType_Throws()
    {
        Assert.That(() => TableClient.CreateQueryFilter($"A eq {new Version(1, 0)}"), Throws.ArgumentException);
    }
}
