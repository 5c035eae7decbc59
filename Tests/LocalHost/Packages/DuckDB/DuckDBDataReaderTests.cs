using System.Data;
using System.Numerics;
using DuckDB.NET.Data;

namespace Marketline.Tests.LocalHost.Packages.DuckDB;

public sealed class DuckDBDataReaderTests
{
    private DuckDBConnection _connection = null!;

    [SetUp]
    public void Open()
    {
        _connection = new DuckDBConnection("DataSource=:memory:");
        _connection.Open();
    }

    [TearDown]
    public void Close() => _connection.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public void Read_ManyChunks_YieldsEveryRowInOrder(bool isStreaming)
    {
        using var reader = Read(
            "SELECT i, CASE WHEN i % 3 = 0 THEN NULL ELSE 'a somewhat longer text ' || i END FROM range(10000) t(i) ORDER BY i",
            isStreaming
        );

        var count = 0L;
        while (reader.Read())
        {
            Assert.That(reader.GetInt64(0), Is.EqualTo(count));
            Assert.That(reader.IsDBNull(1), Is.EqualTo(count % 3 == 0));
            if (count % 3 != 0)
            {
                Assert.That(reader.GetString(1), Is.EqualTo($"a somewhat longer text {count}"));
            }

            count++;
        }

        Assert.That(count, Is.EqualTo(10_000));
        Assert.That(reader.Read(), Is.False);
    }

    [Test]
    public void Read_StreamingResultFailsLater_Throws()
    {
        using var reader = Read(
            "SELECT CASE WHEN i = 4000000 THEN error('here') ELSE i::VARCHAR END FROM range(5000000) t(i)",
            isStreaming: true
        );

        Assert.That(
            () =>
            {
                while (reader.Read()) { }
            },
            Throws.TypeOf<DuckDBException>().With.Message.Contains("here")
        );
    }

    [Test]
    public void Read_NoRows_HasColumnsAllTheSame()
    {
        using var reader = Read("SELECT 1 AS a, 'x' AS b WHERE false");

        Assert.That(reader.HasRows, Is.False);
        Assert.That(reader.Read(), Is.False);
        Assert.That(reader.FieldCount, Is.EqualTo(2));
        Assert.That(reader.GetName(1), Is.EqualTo("b"));
    }

    [Test]
    public void NextResult_SeveralStatements_SkipsThoseWithoutRows()
    {
        using var reader = Read("SELECT 1; CREATE TABLE t (x INTEGER); SELECT 'two', 2");

        Assert.That(reader.Read() && reader.GetInt32(0) == 1, Is.True);
        Assert.That(reader.NextResult(), Is.True);
        Assert.That(reader.Read() && reader.GetInt32(1) == 2, Is.True);
        Assert.That(reader.NextResult(), Is.False);
    }

    [Test]
    public void Getters_EachType_ReadTheValue()
    {
        using var reader = Read(
            """
            SELECT true AS flag, 250::UTINYINT AS tiny, -300::SMALLINT AS small, 70000::INTEGER AS normal, 5000000000 AS big,
                   170141183460469231731687303715884105727::HUGEINT AS huge, 1.5::FLOAT AS single, 2.25::DOUBLE AS double,
                   -12.3400::DECIMAL(18,4) AS money, 12345678901234567890.123::DECIMAL(38,3) AS wide,
                   DATE '2026-11-21' AS day, TIME '01:02:03' AS time, TIMESTAMP '2026-11-21 01:02:03.123456' AS stamp,
                   '0123456789'::BLOB AS bytes, 'b'::ENUM('a', 'b') AS word
            """
        );

        reader.Read();

        Assert.Multiple(() =>
        {
            Assert.That(reader.GetBoolean(0), Is.True);
            Assert.That(reader.GetByte(1), Is.EqualTo(250));
            Assert.That(reader.GetInt16(2), Is.EqualTo(-300));
            Assert.That(reader.GetInt32(3), Is.EqualTo(70_000));
            Assert.That(reader.GetInt64(4), Is.EqualTo(5_000_000_000));
            Assert.That(reader.GetFieldValue<BigInteger>(5), Is.EqualTo(BigInteger.Pow(2, 127) - 1));
            Assert.That(reader.GetFloat(6), Is.EqualTo(1.5f));
            Assert.That(reader.GetDouble(7), Is.EqualTo(2.25));
            Assert.That(reader.GetDecimal(8), Is.EqualTo(-12.34m));
            Assert.That(reader.GetDecimal(9), Is.EqualTo(12345678901234567890.123m));
            Assert.That(reader.GetFieldValue<DateOnly>(10), Is.EqualTo(new DateOnly(2026, 11, 21)));
            Assert.That(reader.GetDateTime(10), Is.EqualTo(new DateTime(2026, 11, 21)));
            Assert.That(reader.GetFieldValue<TimeOnly>(11), Is.EqualTo(new TimeOnly(1, 2, 3)));
            Assert.That(reader.GetDateTime(12).Ticks % TimeSpan.TicksPerSecond, Is.EqualTo(1_234_560));
            Assert.That(reader.GetFieldValue<byte[]>(13), Is.EqualTo("0123456789"u8.ToArray()));
            Assert.That(reader.GetString(14), Is.EqualTo("b"));
            Assert.That(reader["money"], Is.EqualTo(-12.34m));
            Assert.That(reader.GetFieldType(8), Is.EqualTo(typeof(decimal)));
            Assert.That(reader.GetDataTypeName(8), Is.EqualTo("Decimal"));
        });
    }

    [Test]
    public void GetFieldValue_TimestampTz_IsUtc()
    {
        using var reader = Read("SELECT TIMESTAMPTZ '2026-11-21 01:02:03+02'");

        reader.Read();

        Assert.That(
            reader.GetFieldValue<DateTimeOffset>(0),
            Is.EqualTo(new DateTimeOffset(2026, 11, 20, 23, 2, 3, TimeSpan.Zero))
        );
    }

    [Test]
    public void GetFieldValue_List_KeepsNulls()
    {
        using var reader = Read("SELECT ['a', NULL, 'a rather long item'], [1, NULL], []::VARCHAR[], NULL::VARCHAR[]");

        reader.Read();

        Assert.That(reader.GetFieldValue<List<string?>>(0), Is.EqualTo(new[] { "a", null, "a rather long item" }));
        Assert.That(reader.GetFieldValue<List<int?>>(1), Is.EqualTo(new int?[] { 1, null }));
        Assert.That(reader.GetValue(2), Is.Empty);
        Assert.That(reader.IsDBNull(3), Is.True);
    }

    [Test]
    public void GetFieldValue_Null_IsNullForNullableAndThrowsElse()
    {
        using var reader = Read("SELECT NULL::DECIMAL(18,4), NULL::VARCHAR");

        reader.Read();

        Assert.That(reader.GetFieldValue<decimal?>(0), Is.Null);
        Assert.That(() => reader.GetDecimal(0), Throws.TypeOf<InvalidCastException>());
        Assert.That(() => reader.GetString(1), Throws.TypeOf<InvalidCastException>());
        Assert.That(reader.GetValue(0), Is.EqualTo(DBNull.Value));
    }

    [Test]
    public void Getters_WrongType_Throw()
    {
        using var reader = Read("SELECT 5000000000, 'text', 12345678901234567890123456789012345678::DECIMAL(38,0)");

        reader.Read();

        Assert.That(() => reader.GetInt32(0), Throws.TypeOf<OverflowException>());
        Assert.That(() => reader.GetInt64(1), Throws.TypeOf<InvalidCastException>());
        Assert.That(() => reader.GetDecimal(2), Throws.TypeOf<OverflowException>());
        Assert.That(() => reader.GetOrdinal("no such"), Throws.TypeOf<DuckDBException>());
    }

    [Test]
    public void GetBytes_PartByPart_CopiesWhatIsThere()
    {
        using var reader = Read("SELECT '0123456789'::BLOB");
        var buffer = new byte[4];

        reader.Read();

        Assert.That(reader.GetBytes(0, 0, null, 0, 0), Is.EqualTo(10));
        Assert.That(reader.GetBytes(0, 8, buffer, 1, 3), Is.EqualTo(2));
        Assert.That(buffer, Is.EqualTo("\089\0"u8.ToArray()));
    }

    [Test]
    public void GetValue_BeforeRead_Throws()
    {
        using var reader = Read("SELECT 1");

        Assert.That(() => reader.GetValue(0), Throws.InvalidOperationException);
    }

    [Test]
    public void GetSchemaTable_Decimal_HasPrecisionAndScale()
    {
        using var reader = Read("SELECT 1::DECIMAL(9,2) AS price");

        var row = reader.GetSchemaTable().Rows[0];

        Assert.That(row["NumericPrecision"], Is.EqualTo(9));
        Assert.That(row["NumericScale"], Is.EqualTo(2));
    }

    [Test]
    public void Close_CloseConnectionBehaviour_ClosesIt()
    {
        using var command = new DuckDBCommand("SELECT 1", _connection);

        command.ExecuteReader(CommandBehavior.CloseConnection).Close();

        Assert.That(_connection.State, Is.EqualTo(ConnectionState.Closed));
    }

    private DuckDBDataReader Read(string sql, bool isStreaming = false)
    {
        using var command = new DuckDBCommand(sql, _connection) { UseStreamingMode = isStreaming };
        return command.ExecuteReader();
    }
}
