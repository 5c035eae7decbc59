using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Keys;

/// <summary>The operator's own keys.</summary>
public sealed class ListAdminKeysEndpoint(KeyDesk desk)
{
    [Function(nameof(ListAdminKeysEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "List the admin keys", Answer = typeof(KeyList))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/keys")] HttpRequest request,
        CancellationToken cancellationToken
    ) => desk.ListAsync(request, tenantId: null, cancellationToken);
}
