using System.Numerics;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Marketline.Tests.LocalHost.Packages.DuckDB;

public sealed class DuckDBCommandTests
{
    private DuckDBConnection _connection = null!;

    public static IEnumerable<TestCaseData> Values =>
        [
            new TestCaseData("BOOLEAN", true, true),
            new TestCaseData("TINYINT", (sbyte)-5, (sbyte)-5),
            new TestCaseData("UTINYINT", (byte)250, (byte)250),
            new TestCaseData("SMALLINT", (short)-300, (short)-300),
            new TestCaseData("USMALLINT", (ushort)60_000, (ushort)60_000),
            new TestCaseData("INTEGER", int.MinValue, int.MinValue),
            new TestCaseData("UINTEGER", uint.MaxValue, uint.MaxValue),
            new TestCaseData("BIGINT", long.MinValue, long.MinValue),
            new TestCaseData("UBIGINT", ulong.MaxValue, ulong.MaxValue),
            new TestCaseData("HUGEINT", BigInteger.Pow(-7, 41), BigInteger.Pow(-7, 41)),
            new TestCaseData("FLOAT", 1.5f, 1.5f),
            new TestCaseData("DOUBLE", -1e300, -1e300),
            new TestCaseData("DECIMAL(18,4)", -1234.5678m, -1234.5678m),
            new TestCaseData("DECIMAL(5,3)", 0.001m, 0.001m),
            new TestCaseData("VARCHAR", "o'clock \0 ü € 🛒", "o'clock \0 ü € 🛒"),
            new TestCaseData("VARCHAR", "", ""),
            new TestCaseData("DATE", new DateOnly(1969, 12, 31), new DateOnly(1969, 12, 31)),
            new TestCaseData("TIME", new TimeOnly(23, 59, 59, 999), new TimeOnly(23, 59, 59, 999)),
            new TestCaseData("TIMESTAMP", new DateTime(2026, 11, 21, 3, 4, 5), new DateTime(2026, 11, 21, 3, 4, 5)),
            new TestCaseData(
                "TIMESTAMPTZ",
                new DateTimeOffset(2026, 11, 21, 3, 4, 5, TimeSpan.FromHours(2)),
                new DateTime(2026, 11, 21, 1, 4, 5)
            ),
            new TestCaseData("INTERVAL", new TimeSpan(3, 4, 5, 6), new TimeSpan(3, 4, 5, 6)),
            new TestCaseData(
                "UUID",
                Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
                Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")
            ),
            new TestCaseData("INTEGER", null, DBNull.Value),
        ];

    [SetUp]
    public void Open()
    {
        _connection = new DuckDBConnection("DataSource=:memory:");
        _connection.Open();
    }

    [TearDown]
    public void Close() => _connection.Dispose();

    [TestCaseSource(nameof(Values))]
    public void ExecuteScalar_Parameter_ComesBackAsItsType(string type, object? value, object expected)
    {
        using var command = Command($"SELECT ?::{type}", new DuckDBParameter { Value = value });

        Assert.That(command.ExecuteScalar(), Is.EqualTo(expected));
    }

    [Test]
    public void ExecuteScalar_NumberedParameters_GoByPosition()
    {
        using var command = Command("SELECT $2 || $1 || $2", new DuckDBParameter("a"), new DuckDBParameter("b"));

        Assert.That(command.ExecuteScalar(), Is.EqualTo("bab"));
    }

    [Test]
    public void ExecuteScalar_NamedParameters_GoByName()
    {
        using var command = Command(
            "SELECT $last - $first",
            new DuckDBParameter("first", 1),
            new DuckDBParameter("last", 9),
            new DuckDBParameter("another", 5)
        );

        Assert.That(command.ExecuteScalar(), Is.EqualTo(8));
    }

    [Test]
    public void ExecuteScalar_TooFewParameters_Throws()
    {
        using var command = Command("SELECT ? + ?", new DuckDBParameter(1));

        Assert.That(command.ExecuteScalar, Throws.InvalidOperationException.With.Message.Contains("Expected 2, got 1"));
    }

    [Test]
    public void ExecuteScalar_ParameterWithSql_IsText()
    {
        using var command = Command("SELECT ?", new DuckDBParameter("'; DROP TABLE t; --"));

        Assert.That(command.ExecuteScalar(), Is.EqualTo("'; DROP TABLE t; --"));
    }

    [Test]
    public void ExecuteNonQuery_SeveralStatements_CountsTheirRows()
    {
        using var command = Command("CREATE TABLE t (x INTEGER); INSERT INTO t VALUES (1), (2); DELETE FROM t WHERE x = 1");

        Assert.That(command.ExecuteNonQuery(), Is.EqualTo(3));
    }

    [Test]
    public void ExecuteScalar_NoRows_IsNull()
    {
        using var command = Command("SELECT 1 WHERE false");

        Assert.That(command.ExecuteScalar(), Is.Null);
    }

    [Test]
    public void ExecuteScalar_FailsWhileRunning_TellsTheErrorsType()
    {
        using var command = Command("SELECT ?::INTEGER", new DuckDBParameter("x"));

        Assert.That(
            command.ExecuteScalar,
            Throws.TypeOf<DuckDBException>().With.Property("ErrorType").EqualTo(DuckDBErrorType.Conversion)
        );
    }

    [TestCase("SELEC 1", "syntax error")]
    [TestCase("SELECT * FROM no_such_table", "no_such_table")]
    [TestCase("", "")]
    public void ExecuteReader_CannotBePrepared_ThrowsWithDuckDbsText(string sql, string text)
    {
        using var command = Command(sql);

        Assert.That(command.ExecuteReader, Throws.TypeOf<DuckDBException>().With.Message.Contains(text));
    }

    [Test]
    public void ExecuteScalar_ClosedConnection_Throws()
    {
        using var command = Command("SELECT 1");

        _connection.Close();

        Assert.That(command.ExecuteScalar, Throws.InvalidOperationException);
    }

    [Test]
    public async Task ExecuteScalarAsync_TokenCancelledWhileRunning_EndsTheQueryAndKeepsTheConnection()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await using var command = Command("SELECT count(*) FROM range(1000000000) a, range(1000) b WHERE a.range % 7 = b.range");

        var running = Task.Run(() => command.ExecuteScalarAsync(cancellation.Token));

        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        command.CommandText = "SELECT 1";
        Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(1));
    }

    private DuckDBCommand Command(string sql, params DuckDBParameter[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddRange(parameters);
        return command;
    }
}
