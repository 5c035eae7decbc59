using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Keys;

/// <summary>Replaces a key by a new one.</summary>
public sealed class RotateKeyEndpoint(KeyDesk desk)
{
    [Function(nameof(RotateKeyEndpoint))]
    [ApiOperation(EndpointAccess.Owner, "Rotate an API key", Description = "Makes a key with the same name, role and expiry; the old one works on for a minute.", Answer = typeof(CreatedKey), Status = 201, IsAudited = true)]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/keys/{keyId}/rotate")] HttpRequest request,
        string keyId,
        CancellationToken cancellationToken
    ) => desk.RotateAsync(request, request.TenantId(), keyId, TimeSpan.FromMinutes(1), cancellationToken);
}
