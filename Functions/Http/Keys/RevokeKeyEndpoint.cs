using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Keys;

/// <summary>Revokes a key: it works nowhere after 30 seconds.</summary>
public sealed class RevokeKeyEndpoint(KeyDesk desk)
{
    [Function(nameof(RevokeKeyEndpoint))]
    [ApiOperation(EndpointAccess.Owner, "Revoke an API key", Description = "In force on every worker within 30 seconds.", Status = 204, IsAudited = true)]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/keys/{keyId}")] HttpRequest request,
        string keyId,
        CancellationToken cancellationToken
    ) => desk.RevokeAsync(request.TenantId(), keyId, cancellationToken);
}
