using Marketline.Core.Plans;

namespace Marketline.Core.Crawl;

/// <summary>What a run may take, over all its sites and workers. What is null has no bound.</summary>
/// <param name="EndsUtc">Nothing is fetched from then on.</param>
public sealed record RunBudget(int? MaxPages, long? MaxBytes, int? MaxErrors, DateTimeOffset? EndsUtc)
{
    private const long Megabyte = 1_048_576;

    /// <returns>Null for a plan without such bounds.</returns>
    public static RunBudget? Of(PlanLimits limits, DateTimeOffset startedUtc)
    {
        var endsUtc = limits.MaxMinutes is { } minutes ? startedUtc.AddMinutes(minutes) : (DateTimeOffset?)null;
        var budget = new RunBudget(limits.MaxPages, limits.MaxMegabytes * Megabyte, limits.MaxErrors, endsUtc);
        return budget == new RunBudget(null, null, null, null) ? null : budget;
    }

    /// <summary>Time alone is not counted.</summary>
    public bool IsCounted => (MaxPages ?? MaxBytes ?? MaxErrors) is not null;
}
