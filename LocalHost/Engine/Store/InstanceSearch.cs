using System.Text;
using Microsoft.DurableTask.Client;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>Finds instances for clients, in the order of their creation.</summary>
internal sealed class InstanceSearch(SqliteConnection connection)
{
    private const string Columns = "key, id, name, status, created, updated, tags";

    private const string Payloads = "input, output, custom_status, failure";

    public StoredInstance? Find(string id, bool withPayloads) => connection
        .Statement($"SELECT {Select(withPayloads)} FROM instances WHERE id = ?")
        .Bind(id).Query(StoredInstance.Read).SingleOrDefault();

    /// <param name="query">The conditions.</param>
    /// <param name="afterKey">Only instances behind this one.</param>
    /// <param name="count">At most this many.</param>
    public List<StoredInstance> Find(OrchestrationQuery query, long afterKey, int count)
    {
        var sql = new StringBuilder($"SELECT {Select(query.FetchInputsAndOutputs)} FROM instances WHERE key > ?");
        sql.Append(StatusCondition(query.Statuses));
        sql.Append(query.CreatedFrom is null ? "" : " AND created >= ?");
        sql.Append(query.CreatedTo is null ? "" : " AND created <= ?");
        sql.Append(string.IsNullOrEmpty(query.InstanceIdPrefix) ? "" : " AND substr(id, 1, ?) = ?");
        sql.Append(" ORDER BY key LIMIT ?");
        var statement = connection.Statement(sql.ToString()).Bind(afterKey);
        BindTimes(statement, query.CreatedFrom, query.CreatedTo);
        if (query.InstanceIdPrefix is { Length: > 0 } prefix)
        {
            statement.Bind(prefix.EnumerateRunes().Count());
            statement.Bind(prefix);
        }

        return statement.Bind(count).Query(StoredInstance.Read);
    }

    /// <summary>The keys of ended instances that fit, oldest first.</summary>
    public List<long> FindEnded(PurgeInstancesFilter filter, int count)
    {
        var sql = new StringBuilder($"SELECT key FROM instances WHERE status IN {RuntimeStatusExtensions.EndedSql}");
        sql.Append(StatusCondition(filter.Statuses));
        sql.Append(filter.CreatedFrom is null ? "" : " AND created >= ?");
        sql.Append(filter.CreatedTo is null ? "" : " AND created <= ?");
        sql.Append(" ORDER BY key LIMIT ?");
        var statement = connection.Statement(sql.ToString());
        BindTimes(statement, filter.CreatedFrom, filter.CreatedTo);
        return statement.Bind(count).Query(row => row.Int64(0));
    }

    private static string Select(bool withPayloads) => withPayloads ? $"{Columns}, {Payloads}" : $"{Columns}, NULL, NULL, NULL, NULL";

    private static string StatusCondition(IEnumerable<OrchestrationRuntimeStatus>? statuses)
    {
        var numbers = statuses?.Select(status => (int)status).Distinct().Order().ToList();
        return numbers is null or [] ? "" : $" AND status IN ({string.Join(", ", numbers)})";
    }

    private static void BindTimes(SqliteStatement statement, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is { } first)
        {
            statement.Bind(first.UtcTicks);
        }

        if (to is { } last)
        {
            statement.Bind(last.UtcTicks);
        }
    }
}
