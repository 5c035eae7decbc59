using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Storage.Blobs;

namespace Marketline.Activities.Crawl;

/// <summary>Where batches take from the budgets of their runs.</summary>
public sealed class RunBudgets(BlobBudgetStore store, TimeProvider time)
{
    public BudgetTap Open(CrawlBatchInput input) =>
        new(store, time, input.Run.RunId, input.Budget, input.Batch.ToString("D6", CultureInfo.InvariantCulture));
}
