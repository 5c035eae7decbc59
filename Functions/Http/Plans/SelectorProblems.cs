using System.Globalization;
using Marketline.Core.Extract;
using Marketline.Platforms.Extract.Overrides;

namespace Marketline.Functions.Http.Plans;

/// <summary>What is wrong with the grammar of a site's selectors.</summary>
internal static class SelectorProblems
{
    /// <param name="selectors">Of one site.</param>
    /// <param name="path">Where they stand in what was sent.</param>
    /// <param name="problems">Gets a problem for each expression that can not be read, but for those that have one already.</param>
    public static void Add(IReadOnlyList<FieldOverride>? selectors, string path, Dictionary<string, string[]> problems)
    {
        for (var i = 0; i < Math.Min(selectors?.Count ?? 0, FieldOverrideRules.MaxCount); i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}].expression");
            var isShort = selectors![i] is { Expression.Length: > 0 and <= FieldOverrideRules.MaxExpressionLength };
            if (isShort && !problems.ContainsKey(name) && FieldOverrides.Problem(selectors[i]) is { } problem)
            {
                problems[name] = [problem];
            }
        }
    }
}
