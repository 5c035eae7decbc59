using Marketline.Core.Naming;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Access;

internal static class CallerExtensions
{
    private static readonly object Key = new();

    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;

    /// <summary>Null where no key is needed.</summary>
    public static Caller? FindCaller(this HttpContext context) => context.Items[Key] as Caller;

    /// <summary>Who calls an endpoint that needs a key.</summary>
    public static Caller Caller(this HttpRequest request) =>
        request.HttpContext.FindCaller() ?? throw new InvalidOperationException("This endpoint was reached without a key.");

    /// <summary>The tenant of the request's key. The middleware has let nobody else through to a tenant's endpoint.</summary>
    public static TenantId TenantId(this HttpRequest request) =>
        request.Caller().TenantId ?? throw new InvalidOperationException("This endpoint was reached without a tenant's key.");
}
