namespace Marketline.Core.Crawl;

/// <summary>
/// What a run has used of its budget, and what its batches have reserved and not settled yet: one for each site that is worked on. A
/// batch that is tried again replaces its own reservation, so nothing is lost with a worker.
/// </summary>
public sealed record BudgetLedger
{
    /// <summary>Bytes are not known before they are there: they are reserved in portions, and only a portion of them can be late.</summary>
    private const long BytePortion = 32 * 1_048_576;

    public static readonly BudgetLedger Empty = new();

    public int SchemaVersion { get; init; } = 1;

    public BatchUse Used { get; init; } = BatchUse.None;

    public IReadOnlyDictionary<string, BatchUse> Reserved { get; init; } = new Dictionary<string, BatchUse>();

    /// <param name="batch">Who asks.</param>
    /// <param name="wanted">Pages.</param>
    /// <returns>What the batch may take, and the ledger with it.</returns>
    public (BudgetLedger Ledger, BudgetGrant Grant) Reserve(string batch, RunBudget budget, int wanted)
    {
        var others = Reserved.Where(pair => pair.Key != batch).ToDictionary();
        var taken = others.Values.Aggregate(Used, (sum, reserved) => sum.Add(reserved));
        var pages = Math.Min(wanted, (budget.MaxPages ?? int.MaxValue) - taken.PageCount);
        var bytes = Math.Min(budget.MaxBytes is null ? long.MaxValue : BytePortion, (budget.MaxBytes ?? long.MaxValue) - taken.ByteCount);
        var errors = (budget.MaxErrors ?? int.MaxValue) - Used.ErrorCount;
        var reason =
            errors <= 0 ? FetchReasons.BudgetErrors
            : pages <= 0 ? FetchReasons.BudgetPages
            : bytes <= 0 ? FetchReasons.BudgetBytes
            : null;
        if (reason is not null)
        {
            return (this with { Reserved = others }, new BudgetGrant(0, 0, 0, budget.EndsUtc, reason));
        }

        others[batch] = new BatchUse(pages, budget.MaxBytes is null ? 0 : bytes, 0);
        return (this with { Reserved = others }, new BudgetGrant((int)pages, bytes, (int)errors, budget.EndsUtc));
    }

    public BudgetLedger Settle(string batch, BatchUse used) =>
        this with { Used = Used.Add(used), Reserved = Reserved.Where(pair => pair.Key != batch).ToDictionary() };
}
