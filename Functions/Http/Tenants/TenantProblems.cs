using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Tenants;

internal static class TenantProblems
{
    public static IResult NotFound(string tenantId) => Problems.NotFound($"The tenant '{tenantId}'", "GET /api/operator/tenants lists the tenants.");
}
