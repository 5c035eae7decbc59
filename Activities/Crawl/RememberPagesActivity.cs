using Marketline.Activities.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Platforms;
using Marketline.Platforms.Crawl;
using Marketline.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace Marketline.Activities.Crawl;

/// <summary>
/// Notes which version of each page a run has read, for the next run of the plan to ask for changes only. A page counts when all its
/// objects are in the datasets or left out on purpose: any other one is read again. Made of the batches' outcomes, so a second run
/// writes the same blob.
/// </summary>
public sealed class RememberPagesActivity(
    BlobArtifactStore blobs,
    BlobPageMemoryStore memories,
    KnownPages known,
    IOptions<CrawlOptions> options
)
{
    [Function(nameof(RememberPagesActivity))]
    public async Task<RememberPagesOutput> RunAsync([ActivityTrigger] RememberPagesInput input, CancellationToken cancellationToken)
    {
        if (options.Value.ReadAgainAfter == TimeSpan.Zero)
        {
            return new RememberPagesOutput(0);
        }

        using var folder = new TemporaryFolder();
        using var builder = new PageMemoryBuilder(folder.Path);
        var batches = Enumerable.Range(input.Batches.First, input.Batches.Count);
        await foreach (var outcomes in InOrder.ReadAsync(batches, (batch, token) => ReadAsync(input, batch, token), cancellationToken))
        {
            Add(builder, outcomes);
        }

        var oldestUtc = input.Run.RunId.ScheduledUtc - options.Value.ReadAgainAfter;
        using var previous = await known.OpenLatestAsync(input.Run, input.Site, cancellationToken);
        var path = folder.Combine("known.pages");
        var count = Write(builder, path, ExtractionVersion.Of(input.Site.Selectors), previous, oldestUtc);
        await memories.WriteAsync(input.Run, input.Site.BaseUrl, path, oldestUtc, cancellationToken);
        return new RememberPagesOutput(count);
    }

    /// <summary>What was known is done without where it is damaged.</summary>
    private static int Write(PageMemoryBuilder builder, string path, string version, PageMemory? previous, DateTimeOffset oldestUtc)
    {
        try
        {
            using var file = File.Create(path);
            return builder.Write(file, version, previous, oldestUtc);
        }
        catch (InvalidDataException) when (previous is not null)
        {
            return Write(builder, path, version, previous: null, oldestUtc);
        }
    }

    private async Task<IReadOnlyList<ObjectOutcome>> ReadAsync(RememberPagesInput input, int batch, CancellationToken cancellationToken)
    {
        var tenantId = input.Run.TenantId;
        var outcomes = await OutcomeFile.ReadAsync<ObjectOutcome>(blobs, tenantId, BlobNames.Outcome(input.Run, batch), cancellationToken);
        var gold = await OutcomeFile.ReadAsync<GoldOutcome>(blobs, tenantId, BlobNames.GoldOutcome(input.Run, batch), cancellationToken);
        return GoldOutcomes.Apply(outcomes, gold, GoldOutcomes.LeftOverReason);
    }

    private static void Add(PageMemoryBuilder builder, IReadOnlyList<ObjectOutcome> outcomes)
    {
        var pages = outcomes.GroupBy(outcome => outcome.PageUrl ?? outcome.Url).ToList();
        var read = pages.Where(page => page.Any(outcome => outcome.Version is not null) && page.All(IsSettled)).Select(page => page.Key).ToHashSet();
        foreach (var page in pages)
        {
            var version = page.FirstOrDefault(outcome => outcome.Version is not null)?.Version;
            if (version is null && page.All(outcome => outcome.State is ObjectState.Failed or ObjectState.Filtered))
            {
                // It was not read this time: what was known of it still holds.
                continue;
            }

            var isKnown = version is not null && read.Contains(page.Key) && !HasLedAway(page, version, read);
            builder.Add(page.Key, isKnown ? Known(page.Key, version!, [.. page]) : null);
        }
    }

    /// <summary>
    /// What it brought may go on where nobody has read: on the next page of a list that failed, or that no budget was left for. It is
    /// read again, so that the next run gets there.
    /// </summary>
    private static bool HasLedAway(IEnumerable<ObjectOutcome> page, PageVersion version, HashSet<string> read) =>
        page.Any(outcome => outcome.State == ObjectState.Delivered) && !version.FollowUps.All(read.Contains);

    private static bool IsSettled(ObjectOutcome outcome) =>
        outcome.State is ObjectState.Delivered or ObjectState.Unchanged
        || (outcome.State == ObjectState.Filtered && outcome.Reason is { } reason && reason != RecordOutcome.SupersededReason);

    private static KnownPage Known(string url, PageVersion version, IReadOnlyList<ObjectOutcome> outcomes)
    {
        var objects = outcomes
            .Where(outcome => outcome.Type is not null)
            .Select(outcome => new KnownObject(
                outcome.ObjectKey,
                outcome.Type!.Value,
                outcome.Url == url ? null : outcome.Url,
                outcome.State == ObjectState.Filtered ? outcome.Reason : null
            ));
        return new KnownPage(version, outcomes.FirstOrDefault(outcome => outcome.Type is null)?.Reason, [.. objects]);
    }
}
