using Marketline.Core.Naming;
using Marketline.Functions.Http.Access;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Runs;

/// <summary>The run that an address names.</summary>
internal static class RunAddress
{
    /// <returns>Null when it can be no run of the caller's tenant.</returns>
    public static RunId? Parse(HttpRequest request, string runId) =>
        RunId.TryParse(runId, out var id) && id.TenantId == request.TenantId() ? id : null;

    public static IResult NotThere(string runId) => Problems.NotFound($"The run '{Shown(runId)}'", "GET /api/runs lists the runs.");

    public static string Of(RunId runId) => $"/api/runs/{runId}";

    private static string Shown(string runId) => runId.Length > 100 ? $"{runId[..100]}…" : runId;
}
