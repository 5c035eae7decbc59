using System.Data.Common;

namespace DuckDB.NET.Data;

/// <summary>A parsed connection string: where the database is, and DuckDB's own options by their names.</summary>
internal sealed record ConnectionSettings(string DataSource, IReadOnlyList<KeyValuePair<string, string>> Options)
{
    private const string MemorySource = ":memory:";
    private const string SharedMemorySource = ":memory:?cache=shared";

    public bool IsInMemory => DataSource is MemorySource or SharedMemorySource;

    /// <summary>Connections to the same file, or to shared memory, use one database; plain memory is each connection's own.</summary>
    public bool IsShared => DataSource != MemorySource;

    public static ConnectionSettings Parse(string connectionString)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var dataSource = "";
        var options = new List<KeyValuePair<string, string>>();
        foreach (string key in builder.Keys)
        {
            var value = (string)builder[key];
            if (key is "datasource" or "data source")
            {
                dataSource = value;
            }
            else
            {
                options.Add(new(key, value));
            }
        }

        return dataSource.Length > 0
            ? new ConnectionSettings(dataSource, options)
            : throw new InvalidOperationException("The connection string is invalid: it names no DataSource.");
    }
}
