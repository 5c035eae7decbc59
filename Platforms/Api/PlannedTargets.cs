using System.Runtime.CompilerServices;
using Marketline.Core.Crawl;

namespace Marketline.Platforms.Api;

/// <summary>Targets that follow from the plan alone.</summary>
internal static class PlannedTargets
{
    /// <param name="site">Bounds how many.</param>
    /// <param name="targets">Asked for them, as a stream is begun; what it throws ends the stream.</param>
    /// <param name="cancellationToken">Ends it as well.</param>
    public static async IAsyncEnumerable<CrawlTarget> StreamAsync(
        SitePlan site,
        Func<IEnumerable<CrawlTarget>> targets,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask;
        foreach (var target in targets().DistinctBy(target => target.Url).Take(site.MaxTargetCount))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return target;
        }
    }

    /// <summary>The plan's items by the platform's ids, each once.</summary>
    /// <param name="site">Names them.</param>
    /// <param name="parse">Gives an item's id; null for what is none.</param>
    /// <param name="form">For a person: what an item is named by.</param>
    /// <exception cref="TargetPlanningException">One is none.</exception>
    public static string[] Ids(SitePlan site, Func<string, string?> parse, string form) =>
        [.. site.Items.Select(item => parse(item) ?? throw new TargetPlanningException($"'{item}' is no item of {site.BaseUrl}: give {form}.")).Distinct(StringComparer.Ordinal)];
}
