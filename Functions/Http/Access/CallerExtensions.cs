using Marketline.Core.Naming;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Access;

internal static class CallerExtensions
{
    private static readonly object Key = new();

    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;

    /// <summary>The tenant of the request's key. The middleware has let nobody else through to a tenant's endpoint.</summary>
    public static TenantId TenantId(this HttpRequest request) =>
        (request.HttpContext.Items[Key] as Caller)?.TenantId
        ?? throw new InvalidOperationException("This endpoint was reached without a tenant's key.");
}
