using System.Collections.Frozen;
using System.Globalization;

namespace Marketline.Core.Plans;

/// <summary>What a plan must be like before it is stored.</summary>
public static class PlanRules
{
    public const int MaxSiteCount = 100;
    public const int MaxFollowerCount = 10;

    /// <summary>Plans that follow each other in a circle end after so many runs.</summary>
    public const int MaxChainLength = 5;

    /// <returns>A problem per field (by its JSON name) that says what was expected; empty for a good plan.</returns>
    public static IReadOnlyDictionary<string, string[]> Check(
        Plan plan,
        IEnumerable<string> knownPlatforms,
        DateTimeOffset nowUtc
    )
    {
        var problems = new Dictionary<string, string[]>();
        var known = knownPlatforms.ToFrozenSet();
        if (!known.Contains(plan.Platform))
        {
            problems["platform"] = [$"'{plan.Platform}' is not known. Known are: {string.Join(", ", known.Order())}."];
        }

        if (plan.Sites.Count is 0 or > MaxSiteCount)
        {
            problems["sites"] = [$"1 to {MaxSiteCount} sites are expected; there are {plan.Sites.Count}."];
        }

        for (var i = 0; i < plan.Sites.Count; i++)
        {
            if (!IsHttp(plan.Sites[i].BaseUrl))
            {
                problems[Field($"sites[{i}].baseUrl")] = ["An absolute http or https address is expected."];
            }
        }

        if (plan.Schedule is { } schedule)
        {
            PlanScheduleRules.Check(schedule, nowUtc, problems);
        }

        if (plan.Then.Count > MaxFollowerCount || plan.Then.Contains(plan.PlanId) || plan.Then.Distinct().Count() < plan.Then.Count)
        {
            problems["then"] = [$"Up to {MaxFollowerCount} other plans are expected, each once, and not the plan itself."];
        }

        PlanScheduleRules.CheckRange(problems, "limits.batchSize", plan.Limits.BatchSize, 50, 200);
        PlanScheduleRules.CheckRange(problems, "limits.maxParallelSites", plan.Limits.MaxParallelSites, 1, 32);
        PlanScheduleRules.CheckRange(problems, "limits.maxTargetsPerSite", plan.Limits.MaxTargetsPerSite, 1, 5_000_000);
        return problems;
    }

    private static bool IsHttp(Uri? uri) =>
        uri is { IsAbsoluteUri: true } && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static string Field(FormattableString name) => name.ToString(CultureInfo.InvariantCulture);
}
