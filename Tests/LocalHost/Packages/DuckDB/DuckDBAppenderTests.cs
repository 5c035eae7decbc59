using System.Numerics;
using DuckDB.NET.Data;

namespace Marketline.Tests.LocalHost.Packages.DuckDB;

public sealed class DuckDBAppenderTests
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

    [Test]
    public void CreateRow_ManyChunksWithNulls_AllArrive()
    {
        Execute("CREATE TABLE t (i BIGINT, s VARCHAR)");

        using (var appender = _connection.CreateAppender("t"))
        {
            for (var i = 0L; i < 10_000; i++)
            {
                var text = i % 3 == 0 ? null : new string('x', (int)(i % 700));
                appender.CreateRow().AppendValue(i).AppendValue(text).EndRow();
            }
        }

        Assert.That(Execute("SELECT count(*) FROM t WHERE (s IS NULL) = (i % 3 = 0)"), Is.EqualTo(10_000));
        Assert.That(Execute("SELECT bool_and(s IS NULL OR length(s) = i % 700) FROM t"), Is.EqualTo(true));
        Assert.That(Execute("SELECT bool_and(i = rowid) FROM t"), Is.EqualTo(true));
    }

    [Test]
    public void AppendValue_EachType_ComesBack()
    {
        var time = new DateTimeOffset(2026, 11, 21, 1, 2, 3, 456, TimeSpan.FromHours(5));
        var id = Guid.Parse("f0112233-4455-6677-8899-aabbccddeeff");
        Execute(
            """
            CREATE TABLE t (a BOOLEAN, b TINYINT, c UBIGINT, d HUGEINT, e FLOAT, f DOUBLE, g DECIMAL(4,1), h DECIMAL(38,10),
                            i VARCHAR, j BLOB, k UUID, l DATE, m TIMESTAMP, n TIMESTAMPTZ, o INTERVAL, p VARCHAR[])
            """
        );

        using (var appender = _connection.CreateAppender("main", "t"))
        {
            appender
                .CreateRow()
                .AppendValue(true)
                .AppendValue((sbyte)-1)
                .AppendValue(ulong.MaxValue)
                .AppendValue(BigInteger.MinusOne)
                .AppendValue(1.5f)
                .AppendValue(-2.5)
                .AppendValue(-99.96m)
                .AppendValue(123456789012345.0123456789m)
                .AppendValue("ü\0🛒")
                .AppendValue(new byte[] { 0, 255 })
                .AppendValue(id)
                .AppendValue(new DateOnly(1900, 2, 28))
                .AppendValue(time.UtcDateTime)
                .AppendValue(time)
                .AppendValue(TimeSpan.FromMinutes(90))
                .AppendValue(new[] { "one", null, "three is longer than inline" })
                .EndRow();
        }

        using var command = new DuckDBCommand("SELECT * FROM t", _connection);
        using var reader = command.ExecuteReader();
        reader.Read();
        Assert.Multiple(() =>
        {
            Assert.That(reader.GetBoolean(0), Is.True);
            Assert.That(reader.GetFieldValue<sbyte>(1), Is.EqualTo(-1));
            Assert.That(reader.GetFieldValue<ulong>(2), Is.EqualTo(ulong.MaxValue));
            Assert.That(reader.GetFieldValue<BigInteger>(3), Is.EqualTo(BigInteger.MinusOne));
            Assert.That(reader.GetFloat(4), Is.EqualTo(1.5f));
            Assert.That(reader.GetDouble(5), Is.EqualTo(-2.5));
            Assert.That(reader.GetDecimal(6), Is.EqualTo(-99.9m), "what is too fine is cut off");
            Assert.That(reader.GetDecimal(7), Is.EqualTo(123456789012345.0123456789m));
            Assert.That(reader.GetString(8), Is.EqualTo("ü\0🛒"));
            Assert.That(reader.GetFieldValue<byte[]>(9), Is.EqualTo(new byte[] { 0, 255 }));
            Assert.That(reader.GetGuid(10), Is.EqualTo(id));
            Assert.That(reader.GetFieldValue<DateOnly>(11), Is.EqualTo(new DateOnly(1900, 2, 28)));
            Assert.That(reader.GetDateTime(12), Is.EqualTo(time.UtcDateTime));
            Assert.That(reader.GetFieldValue<DateTimeOffset>(13), Is.EqualTo(time));
            Assert.That(reader.GetFieldValue<TimeSpan>(14), Is.EqualTo(TimeSpan.FromMinutes(90)));
            Assert.That(
                reader.GetFieldValue<List<string?>>(15),
                Is.EqualTo(new[] { "one", null, "three is longer than inline" })
            );
        });
    }

    [Test]
    public void AppendValue_ListsOverManyRows_StayApart()
    {
        Execute("CREATE TABLE t (i INTEGER, l INTEGER[])");

        using (var appender = _connection.CreateAppender("t"))
        {
            for (var i = 0; i < 5_000; i++)
            {
                appender.CreateRow().AppendValue(i).AppendValue(Enumerable.Range(i, i % 9)).EndRow();
            }
        }

        Assert.That(Execute("SELECT bool_and(l = range(i, i + i % 9)) FROM t"), Is.EqualTo(true));
    }

    [Test]
    public void AppendDefault_ColumnWithDefault_TakesIt()
    {
        Execute("CREATE TABLE t (a INTEGER DEFAULT 42, b INTEGER)");

        using (var appender = _connection.CreateAppender("t"))
        {
            appender.CreateRow().AppendDefault().AppendNullValue().EndRow();
        }

        Assert.That(Execute("SELECT a FROM t WHERE b IS NULL"), Is.EqualTo(42));
    }

    [Test]
    public void EndRow_ValuesMissing_ThrowsAndDropsTheRow()
    {
        Execute("CREATE TABLE t (a INTEGER, b VARCHAR)");

        using (var appender = _connection.CreateAppender("t"))
        {
            appender.CreateRow().AppendValue(1).AppendValue("whole").EndRow();

            Assert.That(() => appender.CreateRow().AppendValue(2).EndRow(), Throws.InvalidOperationException);
        }

        Assert.That(Execute("SELECT count(*) FROM t"), Is.EqualTo(1));
    }

    [Test]
    public void AppendValue_MoreValuesThanColumns_Throws()
    {
        Execute("CREATE TABLE t (a INTEGER)");
        using var appender = _connection.CreateAppender("t");

        Assert.That(() => appender.CreateRow().AppendValue(1).AppendValue(2), Throws.TypeOf<IndexOutOfRangeException>());
    }

    [Test]
    public void AppendValue_DoesNotFitTheColumn_Throws()
    {
        Execute("CREATE TABLE t (a TINYINT)");
        using var appender = _connection.CreateAppender("t");

        Assert.That(() => appender.CreateRow().AppendValue(1_000), Throws.TypeOf<OverflowException>());
        Assert.That(() => appender.CreateRow().AppendValue("1"), Throws.InvalidOperationException);
    }

    [Test]
    public void Close_ConstraintBroken_ThrowsAndWritesNothing()
    {
        Execute("CREATE TABLE t (a INTEGER PRIMARY KEY)");
        var appender = _connection.CreateAppender("t");
        appender.CreateRow().AppendValue(1).EndRow();
        appender.CreateRow().AppendValue(1).EndRow();

        Assert.That(appender.Close, Throws.TypeOf<DuckDBException>().With.Message.Contains("PRIMARY KEY"));
        Assert.That(Execute("SELECT count(*) FROM t"), Is.EqualTo(0));
        Assert.That(appender.CreateRow, Throws.InvalidOperationException);
    }

    [Test]
    public void CreateAppender_NoSuchTable_Throws()
    {
        Assert.That(() => _connection.CreateAppender("none"), Throws.TypeOf<DuckDBException>().With.Message.Contains("none"));
    }

    [Test]
    public void Clear_RowsPending_DropsThem()
    {
        Execute("CREATE TABLE t (a INTEGER)");

        using (var appender = _connection.CreateAppender("t"))
        {
            appender.CreateRow().AppendValue(1).EndRow();
            appender.Clear();
            appender.CreateRow().AppendValue(2).EndRow();
        }

        Assert.That(Execute("SELECT sum(a)::INTEGER FROM t"), Is.EqualTo(2));
    }

    private object? Execute(string sql)
    {
        using var command = new DuckDBCommand(sql, _connection);
        return command.ExecuteScalar();
    }
}
