using Marketline.Core.Json;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Keys;

/// <summary>Makes a key of the operator.</summary>
public sealed class CreateAdminKeyEndpoint(KeyDesk desk)
{
    [Function(nameof(CreateAdminKeyEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "Create an admin key", Description = "The key is shown this once.", Body = typeof(NewKey), Answer = typeof(CreatedKey), Status = 201)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/keys")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var wanted = await request.ReadFromJsonAsync<NewKey>(JsonFormat.Options, cancellationToken);
        return await desk.CreateAsync(request, tenantId: null, wanted, cancellationToken);
    }
}
