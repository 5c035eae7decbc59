using System.Data.Common;

namespace Marketline.LocalHost.Cli.Processes;

/// <summary>Where a connection string has the storage emulator listen.</summary>
internal sealed record EmulatorPorts(int Blob, int Queue, int Table)
{
    public const string DevelopmentStorage = "UseDevelopmentStorage=true";

    public IReadOnlyList<int> All => [Blob, Queue, Table];

    /// <exception cref="CliException">It leads to no emulator on this machine.</exception>
    public static EmulatorPorts Of(string connection)
    {
        if (connection.Trim(' ', ';').Equals(DevelopmentStorage, StringComparison.OrdinalIgnoreCase))
        {
            return new EmulatorPorts(10000, 10001, 10002);
        }

        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connection };
            return new EmulatorPorts(Port(parts, "BlobEndpoint"), Port(parts, "QueueEndpoint"), Port(parts, "TableEndpoint"));
        }
        catch (ArgumentException failure)
        {
            throw new CliException(
                $"Storage__ConnectionString in local.settings.json leads to no emulator on this machine: write {DevelopmentStorage}, or endpoints such as BlobEndpoint=http://127.0.0.1:10000/….",
                failure
            );
        }
    }

    private static int Port(DbConnectionStringBuilder parts, string name) =>
        Uri.TryCreate(parts[name] as string, UriKind.Absolute, out var endpoint) && endpoint.IsLoopback
            ? endpoint.Port
            : throw new ArgumentException(name);
}
