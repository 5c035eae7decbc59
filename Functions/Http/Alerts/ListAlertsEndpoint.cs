using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Functions.Http.Paging;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Alerts;

/// <summary>The tenant's alerts: the open ones first, of the newest runs first.</summary>
public sealed class ListAlertsEndpoint(TableAlertStore alerts, PageCursors cursors)
{
    [Function(nameof(ListAlertsEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "List the alerts", Answer = typeof(AlertList))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/alerts")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var tenantId = request.TenantId();
        return AlertList.AnswerAsync(request, cursors, tenantId, after => alerts.ListAsync(tenantId, after, cancellationToken));
    }
}
