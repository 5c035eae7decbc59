using System.Text.RegularExpressions;
using Marketline.Core.Audit;
using Marketline.Core.Naming;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Storage;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Marketline.Functions.Http.Audit;

/// <summary>
/// Writes an audit row for every admin action before it is done, and its end after it: what can not be written down is not
/// done, and an action whose worker died stands there without an end.
/// </summary>
internal sealed partial class AuditMiddleware(ApiCatalog catalog, TableAuditStore audit, TimeProvider time, ILogger<AuditMiddleware> logger)
    : IFunctionsWorkerMiddleware
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
            Path = WithoutSecrets(http.Request.Path),
            TenantId = caller.TenantId?.Value ?? TenantOf(http),
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
            await EndAsync(entry with { Status = status, TenantId = entry.TenantId ?? http.AuditedTenant() });
        }
    }

    /// <summary>
    /// Whoever has gone away in between has done it all the same. What is done stays done: when its end can not be written, the
    /// row stands there without one, and the answer is still that of the action.
    /// </summary>
    private async Task EndAsync(AuditEntry entry)
    {
        try
        {
            await audit.WriteAsync(entry, CancellationToken.None);
        }
        catch (Exception failure) when (StorageFailures.Contains(failure))
        {
            LogEndNotWritten(failure, entry.Action, entry.Id, entry.Status);
        }
    }

    /// <summary>Somebody who takes a whole key for its id must not leave it in the log.</summary>
    private static string WithoutSecrets(string path) => Secret().Replace(path, "_…");

    /// <summary>Only what can be one: the log is searched by it.</summary>
    private static string? TenantOf(HttpContext http) =>
        TenantId.TryParse(http.Request.RouteValues["tenantId"]?.ToString(), out var tenantId) ? tenantId.Value : null;

    private bool IsAudited(FunctionContext context)
    {
        var operation = catalog.Get(context.FunctionDefinition.Name);
        return operation.Access == EndpointAccess.Admin || operation.About.IsAudited;
    }

    [GeneratedRegex("(?<=mk_[0-9a-fA-F]{16})_[0-9a-fA-F]+")]
    private static partial Regex Secret();

    [LoggerMessage(LogLevel.Error, "The end of {Action} (audit entry {EntryId}, status {Status}) was not written.")]
    private partial void LogEndNotWritten(Exception failure, string action, string entryId, int? status);
}
