using Marketline.Core.Audit;
using Marketline.Core.Naming;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Audit;

/// <summary>What admins did, and owners with keys: a month's entries, the newest first, at most 1000.</summary>
public sealed class ListAuditEndpoint(TableAuditStore audit, TimeProvider time)
{
    [Function(nameof(ListAuditEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "Read the audit log", Answer = typeof(AuditList))]
    [ApiQuery("tenantId", "Only what concerns this tenant, also a deleted one.", Type = typeof(TenantId))]
    [ApiQuery("month", "yyyy-MM; by default the current one.", Pattern = @"^\d{4}-\d\d$")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/audit")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (month, problem) = MonthQuery.Read(request, time);
        if (problem is not null)
        {
            return problem;
        }

        var tenantId = request.Query["tenantId"].ToString();
        var entries = new List<AuditEntry>();
        await foreach (var entry in audit.ListAsync(month, tenantId.Length > 0 ? tenantId : null, cancellationToken))
        {
            entries.Add(entry);
            if (entries.Count == MaxCount)
            {
                break;
            }
        }

        return Answers.Json(request, new AuditList(entries));
    }

    private const int MaxCount = 1_000;

    /// <summary>Actions, the newest first.</summary>
    private sealed record AuditList(IReadOnlyList<AuditEntry> Entries);
}
