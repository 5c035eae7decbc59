using System.Reflection;
using System.Text.Json;
using Marketline.Functions.Http.Operations;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>An endpoint that reads a body, at an address of the attacker's own.</summary>
internal sealed class BodyTarget(AttackedInstallation installation, ApiOperation operation, string method)
{
    public string Method => method;

    public bool IsOperators => operation.Access == EndpointAccess.Admin;

    public string Path { get; } = AttackedEndpoints.Path(operation, installation.Writer);

    public string Key { get; } = AttackedEndpoints.Key(operation, installation, installation.Writer);

    /// <summary>The names of the body's fields, quoted.</summary>
    public IEnumerable<string> Fields =>
        operation.About.Body!.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => JsonSerializer.Serialize(JsonNamingPolicy.CamelCase.ConvertName(property.Name)));

    /// <summary>A body that is right but for one field; null where none is known.</summary>
    public string? Good(string field, string value) =>
        operation.Function switch
        {
            "PutPlanEndpoint" => With(field, value, ("\"platform\"", "\"generic-shop\""), ("\"kind\"", "\"products\""), ("\"sites\"", $"[{{\"baseUrl\":{JsonSerializer.Serialize(installation.Writer.Site)}}}]")),
            "CreateKeyEndpoint" or "CreateTenantKeyEndpoint" or "CreateAdminKeyEndpoint" => With(field, value, ("\"name\"", "\"x\""), ("\"role\"", "\"Reader\""), ("\"expiresUtc\"", "\"2100-01-01T00:00:00Z\"")),
            "CreateTenantEndpoint" => With(field, value, ("\"tenantId\"", "\"../x\""), ("\"displayName\"", "\"x\"")),
            "StartRunEndpoint" => With(field, value, ("\"planId\"", "\"nothing\"")),
            _ => null,
        };

    /// <param name="echoes">What of it an answer may repeat.</param>
    public Attack With(string name, Func<HttpContent> content, params string[] echoes) =>
        new($"{method} {operation.Route} {name}", () => Attacks.Request(installation, method, Path, Key, content()), echoes)
        {
            MayPass = true,
            IsOperators = IsOperators,
        };

    private static string With(string field, string value, params (string Name, string Value)[] fields) =>
        $"{{{string.Join(',', fields.Where(good => good.Name != field).Append((Name: field, Value: value)).Select(member => $"{member.Name}:{member.Value}"))}}}";
}
