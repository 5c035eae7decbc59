using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Reference;

/// <summary>The API's description for people. Needs no key.</summary>
public sealed class GetReferenceEndpoint(ReferenceTexts texts)
{
    [Function(nameof(GetReferenceEndpoint))]
    [ApiOperation(EndpointAccess.Anyone, "Describe the API for people", Description = "This page.", ContentType = "text/html", IsConditional = true)]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/docs")] HttpRequest request
    )
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = ReferenceAssets.ContentSecurityPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        return texts.Page.For(request);
    }
}
