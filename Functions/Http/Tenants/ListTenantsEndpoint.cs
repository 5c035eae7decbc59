using Marketline.Functions.Http.Operations;
using Marketline.Functions.Http.Paging;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Tenants;

/// <summary>All tenants, by id.</summary>
public sealed class ListTenantsEndpoint(TableTenantStore tenants, PageCursors cursors)
{
    [Function(nameof(ListTenantsEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "List the tenants", Answer = typeof(TenantList))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/tenants")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (page, problem) = PageRequest.Read(request, cursors, nameof(ListTenantsEndpoint));
        if (problem is not null)
        {
            return problem;
        }

        var list = new List<TenantView>();
        await foreach (var tenant in tenants.ListAsync(page.After, cancellationToken))
        {
            if (list.Count == page.Limit)
            {
                var next = cursors.Write(tenantId: null, nameof(ListTenantsEndpoint), list[^1].TenantId.Value);
                return Answers.Json(request, new TenantList(list, next));
            }

            list.Add(TenantView.Of(tenant));
        }

        return Answers.Json(request, new TenantList(list, null));
    }
}
