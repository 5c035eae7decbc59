using Marketline.Analytics.Query;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Datasets;

/// <summary>The tenant's datasets.</summary>
public sealed class ListDatasetsEndpoint(DatasetReader reader)
{
    [Function(nameof(ListDatasetsEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "List the datasets", Description = "Those that a run has written; the others are not there yet.", Answer = typeof(DatasetList))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/datasets")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var tenantId = request.TenantId();
        var manifests = await Task.WhenAll(DatasetSchemas.All.Select(schema => reader.FindAsync(tenantId, schema, cancellationToken)));
        var views = DatasetSchemas.All.Zip(manifests).Where(found => found.Second is not null).Select(found => DatasetView.Of(found.First, found.Second!));
        return Answers.Json(request, new DatasetList([.. views]));
    }
}
