using Marketline.Core.Naming;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Audit;

internal static class AuditExtensions
{
    private static readonly object Key = new();

    /// <summary>Says which tenant an action concerns where its address does not.</summary>
    public static void SetAuditedTenant(this HttpContext context, TenantId tenantId) => context.Items[Key] = tenantId.Value;

    public static string? AuditedTenant(this HttpContext context) => context.Items[Key] as string;
}
