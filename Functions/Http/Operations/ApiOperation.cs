using Microsoft.AspNetCore.Routing.Patterns;

namespace Marketline.Functions.Http.Operations;

/// <summary>An HTTP function as its declaration describes it.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Methods">Upper case.</param>
/// <param name="Route">Without a leading slash, such as <c>api/runs/{runId}</c>.</param>
internal sealed record ApiOperation(
    string Function,
    IReadOnlyList<string> Methods,
    string Route,
    ApiOperationAttribute About,
    IReadOnlyList<ApiQueryAttribute> Query
)
{
    private const string Suffix = "Endpoint";

    public EndpointAccess Access => About.Access;

    /// <summary>What the document and the examples call it: the function without <c>Endpoint</c>.</summary>
    public string Id => Function.EndsWith(Suffix, StringComparison.Ordinal) ? Function[..^Suffix.Length] : Function;

    public RoutePattern Pattern { get; } = RoutePatternFactory.Parse(Route);

    /// <summary>With a leading slash and without the constraints of parameters.</summary>
    public string Path =>
        $"/{string.Join('/', Pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
            part is RoutePatternParameterPart parameter ? $"{{{parameter.Name}}}" : ((RoutePatternLiteralPart)part).Content))))}";

    public bool IsRead => Methods is ["GET"];

    public bool IsPaged => About.Answer?.GetProperty("Next") is not null;

    /// <summary>The answer of success has an entity tag, and is 304 for who has that version.</summary>
    public bool HasEntityTag => IsRead && (About.Answer is not null || About.IsConditional);
}
