using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Marketline.Functions.Http.Access;

/// <summary>
/// Stands before every HTTP endpoint: nobody gets to a tenant's without a key of that tenant, to one that changes something
/// without an owner's, or to the operator's without an admin's.
/// </summary>
internal sealed class AccessMiddleware(ApiCatalog catalog, ApiAccess access, TenantDirectory tenants) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http && await RefusalAsync(http, catalog.Get(context.FunctionDefinition.Name)) is { } refusal)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        await next(context);
    }

    /// <returns>Null when the request may pass.</returns>
    private async Task<IResult?> RefusalAsync(HttpContext http, ApiOperation operation)
    {
        if (operation.Access == EndpointAccess.Anyone)
        {
            return null;
        }

        var found = await access.IdentifyAsync(http.Request, http.RequestAborted);
        if (found.Caller is not { } caller)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Unauthorized(found.WhatToDo);
        }

        http.SetCaller(caller);
        if (operation.Access != EndpointAccess.AnyKey && (caller.Role == AccessRole.Admin) != (operation.Access == EndpointAccess.Admin))
        {
            return Problems.Forbidden(operation.Access == EndpointAccess.Admin);
        }

        if (operation.Access == EndpointAccess.Owner && caller.Role != AccessRole.Owner)
        {
            return Problems.Of(403, "This needs an owner's key.", "This key may read only; a key with the role Owner may change things.");
        }

        return caller.TenantId is { } tenantId ? await RefusalAsync(tenantId, operation, http.RequestAborted) : null;
    }

    private async Task<IResult?> RefusalAsync(TenantId tenantId, ApiOperation operation, CancellationToken cancellationToken)
    {
        var tenant = await tenants.FindAsync(tenantId, cancellationToken);
        return tenant?.Status switch
        {
            TenantStatus.Active => null,
            TenantStatus.Suspended when operation.Access is EndpointAccess.Reader or EndpointAccess.AnyKey => null,
            TenantStatus.Suspended => Problems.Of(403, "The tenant is suspended.", "Its data can be read; ask the operator to resume it before changing anything."),
            _ => Problems.Unauthorized("The tenant of this key is not there any more."),
        };
    }
}
