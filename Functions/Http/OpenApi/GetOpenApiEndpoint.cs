using System.Text.Json.Nodes;
using Marketline.Functions.Http.Operations;
using Marketline.Functions.Http.Reference;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.OpenApi;

/// <summary>The API's description for programs. Needs no key.</summary>
public sealed class GetOpenApiEndpoint(ReferenceTexts texts)
{
    [Function(nameof(GetOpenApiEndpoint))]
    [ApiOperation(EndpointAccess.Anyone, "Describe the API for programs", Description = "This document: OpenAPI 3.1.", Answer = typeof(JsonObject))]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/openapi.json")] HttpRequest request
    ) => texts.OpenApi.For(request);
}
