using System.Globalization;

namespace Marketline.Core.Tenants;

/// <summary>What a tenant's limits must be like before they are stored.</summary>
public static class TenantLimitRules
{
    /// <returns>A problem per field (by its JSON name) that says what was expected; empty for good limits.</returns>
    public static IReadOnlyDictionary<string, string[]> Check(TenantLimits limits)
    {
        var problems = new Dictionary<string, string[]>();
        CheckRange(problems, "limits.maxActiveRuns", limits.MaxActiveRuns, 1, 10_000);
        CheckRange(problems, "limits.maxBatchesInFlight", limits.MaxBatchesInFlight, 1, 1_000);
        CheckRange(problems, "limits.maxPagesPerDay", limits.MaxPagesPerDay, 0, 1_000_000_000);
        CheckRange(problems, "limits.maxStoredBytes", limits.MaxStoredBytes, 0, 1L << 50);
        CheckRange(problems, "limits.maxRequestsPerMinute", limits.MaxRequestsPerMinute, 1, 10_000_000);
        CheckRange(problems, "limits.weight", limits.Weight, 1, 100);
        return problems;
    }

    private static void CheckRange(Dictionary<string, string[]> problems, string field, long value, long min, long max)
    {
        if (value < min || value > max)
        {
            problems[field] = [string.Create(CultureInfo.InvariantCulture, $"{min} to {max} is expected; it is {value}.")];
        }
    }
}
