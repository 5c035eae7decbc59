using Marketline.Core.Json;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Keys;

/// <summary>Makes a key of the tenant.</summary>
public sealed class CreateKeyEndpoint(KeyDesk desk)
{
    [Function(nameof(CreateKeyEndpoint))]
    [ApiOperation(EndpointAccess.Owner, "Create an API key", Description = "The key is shown this once.", Body = typeof(NewKey), Answer = typeof(CreatedKey), Status = 201, IsAudited = true)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/keys")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var wanted = await request.ReadFromJsonAsync<NewKey>(JsonFormat.Options, cancellationToken);
        return await desk.CreateAsync(request, request.TenantId(), wanted, cancellationToken);
    }
}
