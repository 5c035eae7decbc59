using Marketline.Activities;
using Marketline.Activities.Clean;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Blobs;

namespace Marketline.Functions.Http.Runs;

/// <summary>
/// Reads a run's objects from its outcome blobs, batch by batch in the order of their names. A page reads a bounded number of
/// batches: a run of a million objects is read in pieces, of which some may hold nothing that was asked for.
/// </summary>
public sealed class RunObjectReader(BlobArtifactStore blobs)
{
    private const int MaxBatchesPerPage = 100;

    /// <param name="after">Where the page before ended.</param>
    /// <returns>The objects, and where the next page begins: null at the run's end.</returns>
    internal async Task<(IReadOnlyList<RunObjectView> Objects, RunObjectPlace? Next)> ReadAsync(
        RunRecord run,
        IReadOnlySet<ObjectState> states,
        RunObjectPlace? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var names = await NamesAsync(run.Run, after, cancellationToken);
        var objects = new List<RunObjectView>();
        await foreach (var (batch, outcomes) in InOrder.ReadAsync(names.Take(MaxBatchesPerPage), (name, token) => ReadAsync(run, name, token), cancellationToken))
        {
            var first = batch == after?.Batch ? after.Index + 1 : 0;
            for (var index = first; index < outcomes.Count; index++)
            {
                if (!states.Contains(outcomes[index].State))
                {
                    continue;
                }

                if (objects.Count == limit)
                {
                    return (objects, after);
                }

                objects.Add(RunObjectView.Of(batch, outcomes[index]));
                after = new RunObjectPlace(batch, index);
            }

            after = new RunObjectPlace(batch, outcomes.Count);
        }

        return (objects, names.Count > MaxBatchesPerPage ? after : null);
    }

    /// <summary>One more than a page reads, so that the last page is known.</summary>
    private async Task<List<string>> NamesAsync(RunRef run, RunObjectPlace? after, CancellationToken cancellationToken)
    {
        var first = after is null ? "" : BlobNames.Outcome(run, after.Batch);
        return await blobs.ListAsync(run.TenantId, BlobNames.OutcomeFolder(run), cancellationToken)
            .Where(name => !BlobNames.IsGoldOutcome(name) && string.CompareOrdinal(name, first) >= 0)
            .Take(MaxBatchesPerPage + 1)
            .ToListAsync(cancellationToken);
    }

    private async Task<(int Batch, IReadOnlyList<ObjectOutcome> Outcomes)> ReadAsync(RunRecord run, string name, CancellationToken cancellationToken)
    {
        var batch = BlobNames.BatchOf(name);
        var outcomes = await OutcomeFile.ReadAsync<ObjectOutcome>(blobs, run.Run.TenantId, name, cancellationToken);
        var gold = await OutcomeFile.ReadAsync<GoldOutcome>(blobs, run.Run.TenantId, BlobNames.GoldOutcome(run.Run, batch), cancellationToken);
        return (batch, GoldOutcomes.Apply(outcomes, gold, run.Status.IsOver() ? GoldOutcomes.LeftOverReason : null));
    }
}
