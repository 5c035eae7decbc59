using System.Data;
using DuckDB.NET.Data;

namespace Marketline.Tests.LocalHost.Packages.DuckDB;

public sealed class DuckDBConnectionTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("duckdb-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task OpenAsync_Memory_IsOpenUntilClosed()
    {
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        var states = new List<ConnectionState>();
        connection.StateChange += (_, e) => states.Add(e.CurrentState);

        await connection.OpenAsync();
        var version = connection.ServerVersion;
        connection.Close();

        Assert.That(states, Is.EqualTo(new[] { ConnectionState.Open, ConnectionState.Closed }));
        Assert.That(version, Does.StartWith("v1."));
    }

    [Test]
    public void Open_TwoMemoryConnections_HaveDatabasesOfTheirOwn()
    {
        using var first = Open("DataSource=:memory:");
        using var second = Open("DataSource=:memory:");

        Execute(first, "CREATE TABLE t (x INTEGER)");

        Assert.That(() => Execute(second, "SELECT * FROM t"), Throws.TypeOf<DuckDBException>());
    }

    [Test]
    public void Open_SharedMemory_IsOneDatabaseUntilTheLastConnectionCloses()
    {
        const string Shared = "DataSource=:memory:?cache=shared";
        using (var first = Open(Shared))
        using (var second = Open(Shared))
        {
            Execute(first, "CREATE TABLE t AS SELECT 7 AS x");

            Assert.That(Execute(second, "SELECT x FROM t"), Is.EqualTo(7));
        }

        using var later = Open(Shared);
        Assert.That(() => Execute(later, "SELECT * FROM t"), Throws.TypeOf<DuckDBException>());
    }

    [Test]
    public void Open_File_KeepsWhatWasWritten()
    {
        var connectionString = $"DataSource={Path.Combine(_folder, "it's.db")}";

        using (var writer = Open(connectionString))
        {
            Execute(writer, "CREATE TABLE t AS SELECT 7 AS x");
        }

        using var reader = Open(connectionString);
        Assert.That(Execute(reader, "SELECT x FROM t"), Is.EqualTo(7));
    }

    [Test]
    public void Open_Options_AreSet()
    {
        using var connection = Open("DataSource=:memory:;threads=1;memory_limit=100MB");

        Assert.That(Execute(connection, "SELECT current_setting('threads')"), Is.EqualTo(1));
    }

    [TestCase("DataSource=:memory:;no_such_option=1")]
    [TestCase("DataSource=/no/such/folder/x.db")]
    public void Open_ImpossibleSettings_Throws(string connectionString)
    {
        using var connection = new DuckDBConnection(connectionString);

        Assert.That(connection.Open, Throws.TypeOf<DuckDBException>());
    }

    [TestCase("")]
    [TestCase("threads=1")]
    public void Open_NoDataSource_Throws(string connectionString)
    {
        using var connection = new DuckDBConnection(connectionString);

        Assert.That(connection.Open, Throws.InvalidOperationException);
    }

    [Test]
    public void OpenAndClose_Twice_Throws()
    {
        using var connection = Open("DataSource=:memory:");

        Assert.That(connection.Open, Throws.InvalidOperationException);
        connection.Close();
        Assert.That(connection.Close, Throws.InvalidOperationException);
    }

    [Test]
    public void BeginTransaction_DisposedUnfinished_RollsBack()
    {
        using var connection = Open("DataSource=:memory:");
        Execute(connection, "CREATE TABLE t (x INTEGER)");

        using (connection.BeginTransaction())
        {
            Execute(connection, "INSERT INTO t VALUES (1)");
        }

        using (var second = connection.BeginTransaction())
        {
            Execute(connection, "INSERT INTO t VALUES (2)");
            second.Commit();
        }

        Assert.That(Execute(connection, "SELECT sum(x)::INTEGER FROM t"), Is.EqualTo(2));
    }

    private static DuckDBConnection Open(string connectionString)
    {
        var connection = new DuckDBConnection(connectionString);
        connection.Open();
        return connection;
    }

    private static object? Execute(DuckDBConnection connection, string sql)
    {
        using var command = new DuckDBCommand(sql, connection);
        return command.ExecuteScalar();
    }
}
