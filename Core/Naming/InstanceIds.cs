using System.Globalization;

namespace Marketline.Core.Naming;

/// <summary>
/// Instance ids of orchestrations. A run's own id is its instance id; children derive from it, so that they can be found and
/// purged with it. Only letters, digits, <c>-</c> and <c>.</c>: Azure Storage forbids <c>/ \ # ?</c> in them.
/// </summary>
public static class InstanceIds
{
    /// <summary>What the ids of all orchestrations of a tenant's runs begin with; no other tenant's do, as an id holds no dash.</summary>
    public static string OfTenant(TenantId tenantId) => $"{tenantId}-";

    /// <summary>The tenant's deletion, which is none of its own orchestrations.</summary>
    public static string Deletion(TenantId tenantId) => $"{tenantId}.delete";

    public static string Run(RunId runId) => runId.Value;

    public static string Site(RunId runId, int site) => string.Create(CultureInfo.InvariantCulture, $"{runId}.site{site:D3}");

    /// <summary>The run's record keeping at its start (<c>open</c>), after a site's window of batches, and at its end.</summary>
    public static string Record(RunId runId, string phase) => $"{runId}.record-{phase}";
}
