using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Unknown;

/// <summary>
/// Answers what no other endpoint does, so that also a wrong address or method is a problem that says what to do, and tells nothing to
/// who has no key. Azure's host tries routes in the order of the functions' names (Azure/azure-functions-host#9876): hence the Z.
/// </summary>
public sealed class ZUnknownRouteEndpoint(UnknownRoutes routes)
{
    [Function(nameof(ZUnknownRouteEndpoint))]
    [ApiOperation(EndpointAccess.AnyKey, "Say that there is nothing", IsHidden = true)]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "api/{*rest}")] HttpRequest request
    )
    {
        var methods = routes.MethodsOf(request.Path);
        if (methods.Count == 0)
        {
            return Problems.Of(404, "There is nothing at this address.", $"Near it are: {string.Join(", ", routes.Near(request.Path))}. GET /api/docs shows all.");
        }

        var allowed = string.Join(", ", methods);
        request.HttpContext.Response.Headers.Allow = allowed;
        return Problems.Of(405, $"{request.Method} is not possible here.", $"This address takes {allowed}. GET /api/docs shows what they do.");
    }
}
