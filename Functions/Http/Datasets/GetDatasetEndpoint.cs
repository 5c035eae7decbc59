using Marketline.Analytics.Query;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Datasets;

/// <summary>A dataset's schema and current files.</summary>
public sealed class GetDatasetEndpoint(DatasetReader reader)
{
    [Function(nameof(GetDatasetEndpoint))]
    [ApiOperation(
        EndpointAccess.Reader,
        "Describe a dataset",
        Description = "Its columns with their types and meanings, its key, and the files that make up the current version.",
        Answer = typeof(DatasetDetails)
    )]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/datasets/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    ) =>
        DatasetSchemas.Find(name) is { } schema && await reader.FindAsync(request.TenantId(), schema, cancellationToken) is { } manifest
            ? Answers.Json(request, new DatasetDetails(schema, manifest))
            : Problems.NoDataset(name);
}
