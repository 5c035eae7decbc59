using System.Text.RegularExpressions;
using Marketline.Functions.Http.Operations;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>The endpoints as their declarations tell: a new one is attacked without being named here.</summary>
internal static partial class AttackedEndpoints
{
    public static IReadOnlyList<ApiOperation> All { get; } = [.. new ApiCatalog().Operations.Where(operation => !operation.About.IsHidden).OrderBy(operation => operation.Function, StringComparer.Ordinal)];

    /// <summary>Behind a key.</summary>
    public static IEnumerable<ApiOperation> Guarded => All.Where(operation => operation.Access != EndpointAccess.Anyone);

    /// <summary>A tenant's own.</summary>
    public static IEnumerable<ApiOperation> Tenants => Guarded.Where(operation => operation.Access != EndpointAccess.Admin);

    public static IEnumerable<string> Parameters(ApiOperation operation) => Parameter().Matches(operation.Route).Select(match => match.Groups[1].Value);

    /// <summary>The route with one of its parameters replaced, and what is the attacker's own in the others.</summary>
    public static string Path(ApiOperation operation, AttackedTenant own, string? attacked = null, string raw = "") =>
        Parameter().Replace(operation.Route, match => match.Groups[1].Value == attacked ? raw : Own(match.Groups[1].Value, own));

    /// <summary>The key that gets through to the endpoint.</summary>
    public static string Key(ApiOperation operation, AttackedInstallation installation, AttackedTenant? tenant = null) =>
        operation.Access == EndpointAccess.Admin ? installation.Admin.Reveal() : (tenant ?? installation.Attacker).Owner.Reveal();

    public static bool HasBody(ApiOperation operation, string method) => operation.About.Body is not null && method is "POST" or "PUT" or "PATCH";

    private static string Own(string parameter, AttackedTenant own) =>
        parameter switch
        {
            "tenantId" => own.TenantId.Value,
            "runId" => own.RunId,
            "planId" => own.PlanId,
            "keyId" => own.SpareKeyId,
            "objectKey" => own.ObjectKey,
            "name" or "dataset" => "latest_offers",
            "platform" => "generic-shop",
            _ => "x",
        };

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
