using Marketline.Core.Json;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Alerts;

/// <summary>The tenant's alerts (<c>?limit=</c>, by default 100): the open ones first, of the newest runs first.</summary>
public sealed class ListAlertsEndpoint(TableAlertStore alerts)
{
    [Function(nameof(ListAlertsEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "List the alerts", Description = "The open ones first, of the newest runs first.", Answer = typeof(AlertList))]
    [ApiQuery("limit", "1 to 1000; 100 by default.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/alerts")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (AlertList.Limit(request) is not { } limit)
        {
            return AlertList.BadLimit();
        }

        var list = await alerts.ListAsync(request.TenantId(), cancellationToken).Take(limit).ToListAsync(cancellationToken);
        return Results.Json(new AlertList(list), JsonFormat.Options);
    }
}
