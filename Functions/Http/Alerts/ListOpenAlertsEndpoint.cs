using Marketline.Core.Json;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Alerts;

/// <summary>The open alerts of all tenants (<c>?limit=</c>, by default 100), of the newest runs first.</summary>
public sealed class ListOpenAlertsEndpoint(TableAlertStore alerts)
{
    [Function(nameof(ListOpenAlertsEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "List the open alerts of all tenants", Description = "Of the newest runs first: what is wrong, for whom, since when.", Answer = typeof(AlertList))]
    [ApiQuery("limit", "1 to 1000; 100 by default.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/alerts")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (AlertList.Limit(request) is not { } limit)
        {
            return AlertList.BadLimit();
        }

        var list = await alerts.ListOpenAsync(cancellationToken).Take(limit).ToListAsync(cancellationToken);
        return Results.Json(new AlertList(list), JsonFormat.Options);
    }
}
