using Marketline.Core.Tenants;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Usage;

/// <summary>What the tenant takes of the installation, beside what it may take.</summary>
public sealed class GetUsageEndpoint(TenantUsageReader reader)
{
    [Function(nameof(GetUsageEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "Tell what the tenant uses", Description = "Stored bytes by zone, today's pages, this minute's requests, and the limits.", Answer = typeof(TenantUsage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/usage")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        return Answers.Json(request, await reader.ReadAsync(request.TenantId(), cancellationToken));
    }
}
