namespace Marketline.Tests.EndToEnd;

/// <summary>A request that came to a <see cref="StorageGate"/>.</summary>
/// <param name="Target">Path and query, decoded.</param>
/// <param name="Body">For tables, where a transaction names its rows; empty for blobs.</param>
/// <param name="Status">0 when there was no answer.</param>
internal sealed record StorageRequest(string Method, string Target, string Body, int Status = 0)
{
    /// <summary>Writes a blob or a part of it whose name has this in it.</summary>
    public bool Puts(string container, string name) =>
        Method == "PUT"
        && !Target.Contains("comp=lease", StringComparison.Ordinal)
        && Target.Contains($"/{container}/", StringComparison.Ordinal)
        && Target.Contains(name, StringComparison.Ordinal);

    /// <summary>Reads a blob whose name has this in it.</summary>
    public bool Gets(string container, string name) => Method == "GET" && Target.Contains($"/{container}/{name}", StringComparison.Ordinal);

    /// <summary>Asks for a blob's lease.</summary>
    public bool Leases(string container, string name) =>
        Method == "PUT"
        && Target.Contains("comp=lease", StringComparison.Ordinal)
        && Target.Contains($"/{container}/{name}", StringComparison.Ordinal);

    /// <summary>A transaction over rows of this table and tenant.</summary>
    public bool Commits(string table, string tenantId) =>
        Method == "POST"
        && Target.Contains("$batch", StringComparison.Ordinal)
        && Body.Contains($"/{table}(", StringComparison.Ordinal)
        && Body.Contains(tenantId, StringComparison.Ordinal);

    /// <summary>Adds a row of this tenant's to a table.</summary>
    public bool Inserts(string table, string tenantId) =>
        Method == "POST" && Target.EndsWith($"/{table}", StringComparison.Ordinal) && Body.Contains(tenantId, StringComparison.Ordinal);
}
