using System.Collections.Frozen;

namespace Marketline.Core.Plans;

/// <summary>What a plan must be like before it is stored.</summary>
public static class PlanRules
{
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

        PlanSiteRules.Check(plan.Sites, problems);
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
        PlanScheduleRules.CheckRange(problems, "limits.maxPages", plan.Limits.MaxPages, 1, 100_000_000);
        PlanScheduleRules.CheckRange(problems, "limits.maxMegabytes", plan.Limits.MaxMegabytes, 1, 10_000_000);
        PlanScheduleRules.CheckRange(problems, "limits.maxErrors", plan.Limits.MaxErrors, 1, 100_000_000);
        PlanScheduleRules.CheckRange(problems, "limits.maxMinutes", plan.Limits.MaxMinutes, 1, 10_080);
        return problems;
    }
}
