using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Storage.Blobs;

namespace Marketline.Activities.Crawl;

/// <summary>What one batch takes of its run's budget, in portions. A run without a budget costs nothing here.</summary>
public sealed class BudgetTap(BlobBudgetStore store, TimeProvider time, RunId runId, RunBudget? budget, string batch)
{
    /// <summary>Takes a portion in place of the last one, which has to be settled before.</summary>
    public async Task<BudgetGrant> TakeAsync(int wantedPages, CancellationToken cancellationToken)
    {
        if (budget is null)
        {
            return BudgetGrant.Unbounded;
        }

        if (budget.EndsUtc <= time.GetUtcNow())
        {
            return BudgetGrant.Unbounded with { UsedUpReason = FetchReasons.BudgetTime };
        }

        return budget.IsCounted
            ? await store.ChangeAsync(runId, ledger => ledger.Reserve(batch, budget, wantedPages), cancellationToken)
            : BudgetGrant.Unbounded with { EndsUtc = budget.EndsUtc };
    }

    public async Task SettleAsync(BatchUse used, CancellationToken cancellationToken)
    {
        if (budget is { IsCounted: true })
        {
            await store.ChangeAsync(runId, ledger => (ledger.Settle(batch, used), used), cancellationToken);
        }
    }
}
