using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Keys;

/// <summary>Revokes a key of the operator. The one that asks can not revoke itself, so that one is always left.</summary>
public sealed class RevokeAdminKeyEndpoint(KeyDesk desk)
{
    [Function(nameof(RevokeAdminKeyEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "Revoke an admin key", Description = "The key that asks can not revoke itself, so that one is always left.", Status = 204, Problems = [409])]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/operator/keys/{keyId}")] HttpRequest request,
        string keyId,
        CancellationToken cancellationToken
    )
    {
        return request.Caller().Id == keyId
            ? Problems.Conflict("This is the key you use.", "Make another admin key, and revoke this one with that.")
            : await desk.RevokeAsync(tenantId: null, keyId, cancellationToken);
    }
}
