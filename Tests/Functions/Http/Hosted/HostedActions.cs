using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Tests.Functions.Http.Hosted;

/// <summary>Functions under the names of real ones, and so with their access and audit; they do what a test says.</summary>
public sealed class HostedActions(ActionScript script)
{
    /// <summary>An owner's, audited.</summary>
    [Function("RotateKeyEndpoint")]
    public Task<IResult> OwnerAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "owner/{what}")] HttpRequest request) => script.RunAsync(request);

    /// <summary>An owner's, not audited.</summary>
    [Function("CancelRunEndpoint")]
    public Task<IResult> WorkAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "work")] HttpRequest request) => script.RunAsync(request);

    /// <summary>A reader's.</summary>
    [Function("ListRunsEndpoint")]
    public Task<IResult> ReadAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "read")] HttpRequest request) => script.RunAsync(request);

    /// <summary>The operator's.</summary>
    [Function("RevokeAdminKeyEndpoint")]
    public Task<IResult> OperatorAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", "delete", Route = "operator/{what}")] HttpRequest request) => script.RunAsync(request);

    /// <summary>The operator's, about a tenant.</summary>
    [Function("RevokeTenantKeyEndpoint")]
    public Task<IResult> TenantAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "of/{tenantId}")] HttpRequest request) => script.RunAsync(request);
}
