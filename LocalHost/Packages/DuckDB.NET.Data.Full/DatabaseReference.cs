using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

/// <summary>An open database with the number of connections that use it; the last one closes it.</summary>
internal sealed class DatabaseReference
{
    private static readonly Dictionary<string, DatabaseReference> Shared = new(StringComparer.Ordinal);
    private static readonly Lock Gate = new();

    private readonly DatabaseHandle _database;
    private readonly string? _sharedName;
    private int _connectionCount;

    private DatabaseReference(DatabaseHandle database, string? sharedName)
    {
        _database = database;
        _sharedName = sharedName;
    }

    /// <summary>Opens the database, or joins the one that is open under the same name.</summary>
    public static (DatabaseReference Database, ConnectionHandle Connection) Connect(ConnectionSettings settings)
    {
        if (!settings.IsShared)
        {
            var own = new DatabaseReference(Open(settings), null);
            return (own, own.Connect());
        }

        var name = settings.IsInMemory ? settings.DataSource : Path.GetFullPath(settings.DataSource);
        lock (Gate)
        {
            if (!Shared.TryGetValue(name, out var reference))
            {
                reference = new DatabaseReference(Open(settings), name);
                Shared.Add(name, reference);
            }

            return (reference, reference.Connect());
        }
    }

    public ConnectionHandle Connect()
    {
        if (NativeMethods.Connect(_database, out var connection) != NativeState.Success)
        {
            throw new DuckDBException("DuckDBConnect failed");
        }

        Interlocked.Increment(ref _connectionCount);
        return connection;
    }

    public void Return(ConnectionHandle connection)
    {
        lock (Gate)
        {
            connection.Dispose();
            if (Interlocked.Decrement(ref _connectionCount) > 0)
            {
                return;
            }

            _database.Dispose();
            if (_sharedName is not null)
            {
                Shared.Remove(_sharedName);
            }
        }
    }

    private static DatabaseHandle Open(ConnectionSettings settings)
    {
        NativeMethods.CreateConfig(out var config);
        using (config)
        {
            foreach (var (name, value) in settings.Options)
            {
                if (NativeMethods.SetConfig(config, name, value) != NativeState.Success)
                {
                    throw new DuckDBException($"Error setting '{name}' to '{value}'");
                }
            }

            var path = settings.IsInMemory ? null : settings.DataSource;
            if (NativeMethods.OpenExt(path, out var database, config, out var error) == NativeState.Success)
            {
                return database;
            }

            database.Dispose();
            throw new DuckDBException($"DuckDBOpen failed: {NativeMethods.TakeText(error)}");
        }
    }
}
