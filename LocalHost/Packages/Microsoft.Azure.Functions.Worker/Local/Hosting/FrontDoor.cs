using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>The HTTP pipeline: routes to the extensions' endpoints; what matches none of them is not found.</summary>
internal static class FrontDoor
{
    public static void Open(WebApplication app)
    {
        app.UseRouting();
        app.Use(AnswerUnknown);
#pragma warning disable ASP0014 // Unknown routes have to be answered between routing and the endpoints.
        app.UseEndpoints(endpoints =>
        {
            foreach (var contributor in app.Services.GetServices<IEndpointContributor>())
            {
                contributor.Map(endpoints);
            }
        });
#pragma warning restore ASP0014
    }

    /// <summary>As in Azure, a method that no function of the route takes is 404 as well, not 405.</summary>
    private static Task AnswerUnknown(HttpContext context, RequestDelegate next) =>
        context.GetEndpoint() is RouteEndpoint
            ? next(context)
            : Results.Problem(statusCode: StatusCodes.Status404NotFound).ExecuteAsync(context);
}
