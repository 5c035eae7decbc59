using Marketline.Core.Audit;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Marketline.Functions.Http.Audit;

/// <summary>
/// Writes an audit row for every admin action before it is done, and its end after it: what can not be written down is not
/// done, and an action whose worker died stands there without an end.
/// </summary>
internal sealed class AuditMiddleware(ApiCatalog catalog, TableAuditStore audit, TimeProvider time) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http || http.FindCaller() is not { } caller || !IsAudited(context))
        {
            await next(context);
            return;
        }

        var entry = new AuditEntry
        {
            Id = Guid.NewGuid().ToString("N"),
            AtUtc = time.GetUtcNow(),
            Actor = caller.Id,
            Action = context.FunctionDefinition.Name,
            Path = http.Request.Path,
            TenantId = caller.TenantId?.Value ?? http.Request.RouteValues["tenantId"]?.ToString(),
            CorrelationId = http.CorrelationId(),
        };
        await audit.WriteAsync(entry, context.CancellationToken);
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            status = (context.GetInvocationResult().Value as IStatusCodeHttpResult)?.StatusCode ?? http.Response.StatusCode;
        }
        finally
        {
            // Whoever has gone away in between has done it all the same.
            await audit.WriteAsync(entry with { Status = status, TenantId = entry.TenantId ?? http.AuditedTenant() }, CancellationToken.None);
        }
    }

    private bool IsAudited(FunctionContext context)
    {
        var operation = catalog.Get(context.FunctionDefinition.Name);
        return operation.Access == EndpointAccess.Admin || operation.About.IsAudited;
    }
}
