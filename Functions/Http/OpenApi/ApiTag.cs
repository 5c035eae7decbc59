namespace Marketline.Functions.Http.OpenApi;

/// <summary>The resource that an operation belongs to: the second segment of its route; the operator's are apart.</summary>
/// <param name="Order">Its place in the document.</param>
internal sealed record ApiTag(string Name, string? Description, int Order)
{
    private const string OperatorSegment = "operator";

    /// <summary>Known resources in the order in which somebody new meets them; others come after them.</summary>
    private static readonly List<(string Segment, string Description)> Known =
    [
        ("plans", "What the tenant wants collected: a platform, a kind, sites, when, and within which limits."),
        ("runs", "Executions of plans: started by the schedule, by a request or by another run."),
        ("datasets", "What the runs deliver: clean offers and reviews, price changes and the price index."),
        ("objects", "Where a single object is, what happened to it and why."),
        ("alerts", "What needs attention: runs that are stuck, late or failing."),
        ("container", "The tenant's own access to its data files."),
        ("usage", "What the tenant uses of the installation, and its limits."),
        ("keys", "The tenant's API keys."),
        ("", "About the installation itself."),
    ];

    /// <summary>The operator's resources, in the same way.</summary>
    private static readonly List<(string Segment, string Description)> Operators =
    [
        ("tenants", "The customers of the installation: their limits, status and keys."),
        ("alerts", "What needs attention, of all tenants."),
        ("platforms", "The platforms that can be crawled, and their pauses."),
        ("keys", "The operators' own keys."),
        ("audit", "Who did what."),
    ];

    /// <summary>Resources that belong to another one.</summary>
    private static readonly Dictionary<string, string> Parts = new() { ["plan-checks"] = "plans", ["plan-previews"] = "plans" };

    private static readonly string[] WithoutResource = ["health", "openapi.json", "docs"];

    public static ApiTag Of(string route)
    {
        var segments = route.Split('/');
        var isOperators = segments[1] == OperatorSegment;
        var segment = isOperators ? segments.ElementAtOrDefault(2) ?? "" : segments[1];
        segment = WithoutResource.Contains(segment) ? "" : Parts.GetValueOrDefault(segment, segment);
        var resources = isOperators ? Operators : Known;
        var place = resources.FindIndex(known => known.Segment == segment);
        var description = place < 0 ? null : resources[place].Description;
        var order = place < 0 ? resources.Count : place;
        return isOperators
            ? new ApiTag($"Operator: {segment}", $"{description} For who runs the installation; every call leaves an audit row.".TrimStart(), Known.Count + 1 + order)
            : new ApiTag(segment.Length == 0 ? "Installation" : $"{char.ToUpperInvariant(segment[0])}{segment[1..]}", description, order);
    }
}
