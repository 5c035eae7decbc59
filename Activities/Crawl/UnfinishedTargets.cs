using System.Text.Json;
using Marketline.Activities.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Core.Storage;
using Marketline.Storage.Blobs;

namespace Marketline.Activities.Crawl;

/// <summary>Which pages of a run's batches have to be fetched again, and where they are.</summary>
internal sealed class UnfinishedTargets(BlobArtifactStore blobs, RerunSource rerun, PlanSite site)
{
    /// <returns>The targets, and how many are not known any more.</returns>
    public async Task<(IReadOnlyList<CrawlTarget> Targets, int LostCount)> ReadAsync(int batch, CancellationToken cancellationToken)
    {
        var tenantId = rerun.Run.TenantId;
        var planned = await PlannedAsync(batch, cancellationToken);
        var outcomes = await OutcomeFile.ReadAsync<ObjectOutcome>(blobs, tenantId, BlobNames.Outcome(rerun.Run, batch), cancellationToken);
        if (outcomes.Count == 0)
        {
            // The run never came to it.
            return ([.. planned], 0);
        }

        var gold = await OutcomeFile.ReadAsync<GoldOutcome>(blobs, tenantId, BlobNames.GoldOutcome(rerun.Run, batch), cancellationToken);
        var wanted = GoldOutcomes.Apply(outcomes, gold, GoldOutcomes.LeftOverReason).Where(IsWanted).ToList();
        return wanted.Count == 0 ? ([], 0) : Targets(wanted, planned);
    }

    private bool IsWanted(ObjectOutcome outcome) =>
        outcome.State == ObjectState.Failed || (outcome.State == ObjectState.Quarantined && rerun.Only == RerunScope.Quarantined);

    private (IReadOnlyList<CrawlTarget> Targets, int LostCount) Targets(List<ObjectOutcome> wanted, List<CrawlTarget> planned)
    {
        var known = planned.DistinctBy(target => target.Url).ToDictionary(target => target.Url);
        var targets = new Dictionary<string, CrawlTarget>();
        var lostCount = 0;
        foreach (var outcome in wanted)
        {
            var url = outcome.PageUrl ?? outcome.Url;
            if (known.TryGetValue(url, out var target))
            {
                targets[url] = target;
            }
            else if (outcome.PageUrl is null && outcome.Type is not null)
            {
                // Written before outcomes named their page: it is one of these.
                known.Values.ToList().ForEach(each => targets[each.Url] = each);
            }
            else if (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            {
                // A page that another one led to.
                targets[url] = new CrawlTarget(url, site.IsMirror ? MirrorAddress.FromOriginal(site.BaseUrl, address).AbsoluteUri : null);
            }
            else
            {
                lostCount++;
            }
        }

        return ([.. targets.Values], lostCount);
    }

    private async Task<List<CrawlTarget>> PlannedAsync(int batch, CancellationToken cancellationToken)
    {
        var targets = new List<CrawlTarget>();
        try
        {
            await using var content = await blobs.OpenReadAsync(rerun.Run.TenantId, BlobNames.Targets(rerun.Run, batch), cancellationToken);
            await foreach (var target in TargetList.ReadAsync(content, cancellationToken))
            {
                targets.Add(target);
            }
        }
        catch (Exception failure) when (failure is BlobMissingException or JsonException)
        {
            // What could be read is in the list; outcomes tell of the rest.
        }

        return targets;
    }
}
