using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Marketline.Core.Naming;

/// <summary>The names of admission's pools, tickets and events.</summary>
public static class AdmissionNames
{
    /// <summary>The pool of the batches that are crawled or cleaned, over all tenants.</summary>
    public const string Batches = "batches";

    private const string BatchMark = ".batch";

    /// <summary>Raised on the orchestration whose ticket got a place.</summary>
    public const string Admitted = "admitted";

    /// <summary>The prefix of all tenants' pools of runs.</summary>
    public const string RunsPrefix = "runs-";

    /// <summary>A tenant's pool of runs.</summary>
    public static string Runs(TenantId tenantId) => $"{RunsPrefix}{tenantId}";

    /// <summary>The tenant whose pool of runs this is.</summary>
    public static bool TryParseRuns(string pool, [NotNullWhen(true)] out TenantId? tenantId)
    {
        tenantId = pool.StartsWith(RunsPrefix, StringComparison.Ordinal) && TenantId.TryParse(pool[RunsPrefix.Length..], out var id) ? id : null;
        return tenantId is not null;
    }

    /// <summary>The same at every attempt, so that a batch never has two places.</summary>
    public static string BatchTicket(RunId runId, int batch) => string.Create(CultureInfo.InvariantCulture, $"{runId}{BatchMark}{batch:D6}");

    public static bool IsBatchOf(string ticket, RunId runId) => ticket.StartsWith($"{runId}{BatchMark}", StringComparison.Ordinal);

    public static string RunTicket(RunId runId) => runId.Value;
}
