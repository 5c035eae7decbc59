using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Keys;

/// <summary>The tenant's keys, the newest first, revoked and expired ones included.</summary>
public sealed class ListKeysEndpoint(KeyDesk desk)
{
    [Function(nameof(ListKeysEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "List the tenant's API keys", Answer = typeof(KeyList))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/keys")] HttpRequest request,
        CancellationToken cancellationToken
    ) => desk.ListAsync(request, request.TenantId(), cancellationToken);
}
