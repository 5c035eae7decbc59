using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker.Local.Functions;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

/// <summary>Where one HTTP function answers.</summary>
/// <param name="Own">The route as the function says it, without the app's prefix.</param>
/// <param name="Full">The whole path.</param>
/// <param name="Methods">Upper-case; empty for all.</param>
internal sealed record HttpRoute(string Own, string Full, IReadOnlyList<string> Methods)
{
    public static HttpRoute Of(FunctionDescriptor function, string prefix)
    {
        var trigger = (HttpTriggerAttribute)function.Trigger;
        var own = (string.IsNullOrWhiteSpace(trigger.Route) ? function.Name : trigger.Route).Trim('/');
        return new HttpRoute(
            own,
            prefix.Length == 0 ? own : $"{prefix}/{own}",
            [.. (trigger.Methods ?? []).Select(m => m.ToUpperInvariant())]);
    }

    public bool ConflictsWith(HttpRoute other) =>
        string.Equals(Shape(Full), Shape(other.Full), StringComparison.OrdinalIgnoreCase)
        && (Methods.Count == 0 || other.Methods.Count == 0 || Methods.Intersect(other.Methods).Any());

    public override string ToString() => $"{(Methods.Count == 0 ? "any" : string.Join(',', Methods))} /{Full}";

    /// <summary>The route without its parameters' names, which do not tell two routes apart.</summary>
    private static string Shape(string route) =>
        string.Join('/', RoutePatternFactory.Parse(route).PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
            part is RoutePatternParameterPart parameter
                ? $"{{{(parameter.IsCatchAll ? "*" : "")}{string.Concat(parameter.ParameterPolicies.Select(p => ":" + p.Content))}}}"
                : ((RoutePatternLiteralPart)part).Content))));
}
