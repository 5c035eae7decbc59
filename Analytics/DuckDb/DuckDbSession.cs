using System.Data.Common;
using DuckDB.NET.Data;
using Marketline.Core.Datasets;

namespace Marketline.Analytics.DuckDb;

/// <summary>One DuckDB instance in memory, with no way to the network. For one caller at a time.</summary>
internal sealed class DuckDbSession : IDisposable
{
    private readonly string _spillFolder;

    private DuckDbSession(DuckDBConnection connection, string spillFolder)
    {
        Connection = connection;
        _spillFolder = spillFolder;
    }

    public DuckDBConnection Connection { get; }

    public static DuckDbSession Open(AnalyticsOptions options, int memoryLimitMegabytes)
    {
        // A folder of its own: DuckDB's spill files have the same names in every instance. It makes the folder when it spills.
        Directory.CreateDirectory(options.TempDirectory);
        var spillFolder = Path.GetFullPath(Path.Combine(options.TempDirectory, Guid.NewGuid().ToString("N")));
        var settings = new DbConnectionStringBuilder
        {
            ["DataSource"] = ":memory:",
            ["memory_limit"] = $"{memoryLimitMegabytes}MB",
            ["threads"] = options.ThreadCount,
            ["temp_directory"] = spillFolder,
            ["autoinstall_known_extensions"] = "false",
            ["autoload_known_extensions"] = "false",
        };
        var connection = new DuckDBConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            using var utc = connection.CreateCommand();
            utc.CommandText = "SET TimeZone = 'UTC'";
            utc.ExecuteNonQuery();
            return new DuckDbSession(connection, spillFolder);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <returns>The number of rows that the statement changed or wrote.</returns>
    public async Task<long> ExecuteAsync(string sql, CancellationToken cancellationToken, params DuckDBParameter[] parameters)
    {
        await using var command = CreateCommand(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<long> CountAsync(string sql, CancellationToken cancellationToken, params DuckDBParameter[] parameters)
    {
        await using var command = CreateCommand(sql, parameters);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Writes what <paramref name="rows"/>, a query in brackets, yields.</summary>
    public async Task<DatasetFile> WriteDatasetAsync(
        string dataset,
        string rows,
        string path,
        CancellationToken cancellationToken
    )
    {
        var rowCount = await ExecuteAsync(SqlText.CopyToParquet(rows, path), cancellationToken);
        return new DatasetFile(dataset, path, rowCount, new FileInfo(path).Length);
    }

    public DuckDBCommand CreateCommand(string sql, params DuckDBParameter[] parameters)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddRange(parameters);
        return command;
    }

    public void Dispose()
    {
        Connection.Dispose();
        if (Directory.Exists(_spillFolder))
        {
            Directory.Delete(_spillFolder, recursive: true);
        }
    }
}
