using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http;

internal static class CorrelationExtensions
{
    private static readonly object Key = new();

    public static void SetCorrelationId(this HttpContext context, string id) => context.Items[Key] = id;

    /// <summary>What the caller calls the request, or the trace's id.</summary>
    public static string CorrelationId(this HttpContext context) => context.Items[Key] as string ?? context.TraceIdentifier;
}
