using Marketline.Functions.Http.Operations;
using Marketline.Functions.Http.Paging;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Alerts;

/// <summary>The open alerts of all tenants, of the newest runs first.</summary>
public sealed class ListOpenAlertsEndpoint(TableAlertStore alerts, PageCursors cursors)
{
    [Function(nameof(ListOpenAlertsEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "List the open alerts of all tenants", Answer = typeof(AlertList))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/alerts")] HttpRequest request,
        CancellationToken cancellationToken
    ) => AlertList.AnswerAsync(request, cursors, tenantId: null, after => alerts.ListOpenAsync(after, cancellationToken));
}
