using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;

namespace Marketline.Functions.Http.Unknown;

/// <summary>What a request might have meant that no operation answers.</summary>
public sealed class UnknownRoutes
{
    private const int MaxNamedCount = 3;

    private readonly IReadOnlyList<ApiOperation> _operations;

    internal UnknownRoutes(ApiCatalog catalog) => _operations = [.. catalog.Documented];

    /// <summary>The methods that a path takes; empty when there is nothing at it.</summary>
    internal IReadOnlyList<string> MethodsOf(PathString path) =>
        [
            .. _operations
                .Where(operation => new TemplateMatcher(new RouteTemplate(operation.Pattern), []).TryMatch(path, []))
                .SelectMany(operation => operation.Methods)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The operations whose addresses look most like a path.</summary>
    internal IEnumerable<string> Near(PathString path)
    {
        var asked = path.Value!.ToLowerInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries);
        return _operations
            .Select(operation => (operation, Distance: Distance(asked, operation.Path.ToLowerInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries))))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.operation.Path, StringComparer.Ordinal)
            .Take(MaxNamedCount)
            .Select(pair => $"{pair.operation.Methods[0]} {pair.operation.Path}");
    }

    /// <summary>Segment by segment: a parameter fits anything, a missing or additional segment counts as much as a wrong word.</summary>
    private static int Distance(string[] asked, string[] route)
    {
        const int WholeSegment = 8;
        var distance = Math.Abs(asked.Length - route.Length) * WholeSegment;
        for (var i = 0; i < Math.Min(asked.Length, route.Length); i++)
        {
            distance += route[i][0] == '{' ? 1 : Math.Min(WholeSegment, Edits(asked[i], route[i]));
        }

        return distance;
    }

    /// <summary>Letters to add, take away or change; words that are much longer or shorter are not looked at.</summary>
    private static int Edits(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 3)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var before = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = before + (left[i - 1] == right[j - 1] ? 0 : 1);
                before = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
