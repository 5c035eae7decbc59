using Marketline.Core.Datasets;
using Marketline.Core.Json;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Datasets;

/// <summary>The tenant's datasets with their current files: what a reader of the container may take as one version.</summary>
public sealed class ListDatasetsEndpoint(BlobManifestStore manifests)
{
    [Function(nameof(ListDatasetsEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "List the datasets", Answer = typeof(DatasetList))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/datasets")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var list = new List<DatasetManifest>();
        foreach (var name in DatasetNames.All)
        {
            if (await manifests.ReadAsync(request.TenantId(), name, cancellationToken) is { } found)
            {
                list.Add(found.Manifest);
            }
        }

        return Results.Json(new DatasetList(list), JsonFormat.Options);
    }

    private sealed record DatasetList(IReadOnlyList<DatasetManifest> Datasets);
}
