using Marketline.Core.Json;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Container;

/// <summary>Lets a tenant read its own container with its own tools, for a short time.</summary>
public sealed class CreateContainerAccessEndpoint(BlobContainerAccess access)
{
    private const int DefaultMinutes = 15;

    private static readonly int MaxMinutes = (int)BlobContainerAccess.MaxLifetime.TotalMinutes;

    [Function(nameof(CreateContainerAccessEndpoint))]
    [ApiOperation(
        EndpointAccess.Owner,
        "Open the container",
        Description = "A shared access signature that reads and lists the tenant's own container. It is a secret, and can not be taken back before it ends.",
        Body = typeof(NewContainerAccess),
        Answer = typeof(ContainerAccess),
        IsAudited = true
    )]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/container/access")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var hasBody = request.ContentLength > 0 || request.HasJsonContentType();
        var body = hasBody ? await request.ReadFromJsonAsync<NewContainerAccess>(JsonFormat.Options, cancellationToken) : null;
        var minutes = body?.Minutes ?? DefaultMinutes;
        if (minutes < 1 || minutes > MaxMinutes)
        {
            return Problems.Field("minutes", $"1 to {MaxMinutes} is expected.");
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(await access.GrantAsync(request.TenantId(), TimeSpan.FromMinutes(minutes), cancellationToken), JsonFormat.Options);
    }
}
