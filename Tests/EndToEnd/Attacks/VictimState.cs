using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.LocalHost.Engine.Store;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>All that is stored of the victim: rows in any table that name it, its blobs, its orchestrations.</summary>
internal static class VictimState
{
    /// <summary>What is noted of every request, also of the victim's own ones.</summary>
    private static readonly string[] Noted = ["Timestamp", "odata.etag", "LastUsedUtc"];

    /// <returns>A text for each thing, by its name.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(AttackedInstallation installation)
    {
        var state = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await AddRowsAsync(installation, state);
        await AddBlobsAsync(installation, state);
        AddInstances(installation, state);
        return state;
    }

    /// <summary>What has come, gone or changed.</summary>
    public static IEnumerable<string> Differences(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        before.Keys.Union(after.Keys).Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name)).Select(name => $"{name}: {before.GetValueOrDefault(name)} -> {after.GetValueOrDefault(name)}");

    private static async Task AddRowsAsync(AttackedInstallation installation, SortedDictionary<string, string> state)
    {
        var victim = installation.Victim;
        string[] marks = [victim.Owner.Id, victim.Reader.Id, victim.SpareKeyId];
        var own = new Regex($@"\b{victim.TenantId}\b");
        var ownPartition = new Regex($@"^(of-)?{victim.TenantId}\b");
        // They may say what they like in what is theirs.
        var attackers = new Regex($@"(^PartitionKey=(of-)?|""tenantId"":"")({installation.Attacker.TenantId}|{installation.Writer.TenantId})\b", RegexOptions.Multiline);
        await foreach (var table in installation.Tables.QueryAsync((string?)null))
        {
            if (table.Name == TableNames.Audit)
            {
                continue;
            }

            await foreach (var row in installation.Tables.GetTableClient(table.Name).QueryAsync<TableEntity>((string?)null))
            {
                var text = string.Join('\n', row.Where(column => !Noted.Contains(column.Key)).OrderBy(column => column.Key, StringComparer.Ordinal).Select(Text));
                var isRequestCounter = table.Name == TableNames.Counters && row.RowKey.StartsWith("requests-", StringComparison.Ordinal);
                if (!isRequestCounter && (ownPartition.IsMatch(row.PartitionKey) || (!attackers.IsMatch(text) && (own.IsMatch(text) || marks.Any(text.Contains)))))
                {
                    state.Add($"{table.Name} | {row.PartitionKey} | {row.RowKey}", text);
                }
            }
        }
    }

    private static async Task AddBlobsAsync(AttackedInstallation installation, SortedDictionary<string, string> state)
    {
        var container = installation.Blobs.GetBlobContainerClient(BlobNames.Container(installation.Victim.TenantId));
        await foreach (var blob in container.GetBlobsAsync())
        {
            state.Add($"{container.Name}/{blob.Name}", $"{blob.Properties.ETag}");
        }
    }

    private static void AddInstances(AttackedInstallation installation, SortedDictionary<string, string> state)
    {
        foreach (var file in Directory.EnumerateFiles(installation.DataFolder, "*.db"))
        {
            using var hub = new SqliteConnection(file);
            using var statement = hub.Statement("SELECT id, status, execution, turns FROM instances");
            foreach (var (id, text) in statement.Query(row => (row.Text(0), $"{row.Int64(1)} {row.Int64(2)} {row.Int64(3)}")))
            {
                if (id.StartsWith($"{installation.Victim.TenantId}-", StringComparison.Ordinal))
                {
                    state.Add($"{Path.GetFileName(file)} {id}", text);
                }
            }
        }
    }

    private static string Text(KeyValuePair<string, object> column) => $"{column.Key}={(column.Value is byte[] bytes ? Convert.ToHexString(bytes) : column.Value)}";
}
