using Marketline.Core.Naming;
using Marketline.Storage;
using Marketline.Storage.Tables;

namespace Marketline.Activities.Admission;

/// <summary>
/// A tenant's pages of a UTC day, counted over all workers and taken in portions before they are fetched. A step that fails
/// loses its portion: the bound may be reached early and is never exceeded, but while the tables are away nothing is counted.
/// </summary>
public sealed class PageQuota(TableCounterStore counters, TenantBounds bounds, TableAbsence tables, TimeProvider time)
{
    public async Task<PagePortion> TakeAsync(TenantId tenantId, int wanted, CancellationToken cancellationToken)
    {
        var limit = (await bounds.OfAsync(tenantId, cancellationToken)).MaxPagesPerDay;
        var window = CounterNames.Day(time.GetUtcNow());
        var taken = await tables.AskAsync<long?>(
            async () => (await counters.TakeAsync(tenantId, CounterNames.Pages, window, wanted, limit, cancellationToken)).Taken,
            cancellationToken
        );
        return taken is { } count ? new PagePortion(tenantId, (int)count, wanted, window) : new PagePortion(tenantId, wanted, wanted, Window: null);
    }

    /// <summary>Gives back what was not fetched.</summary>
    public async Task SettleAsync(PagePortion portion, int pageCount, CancellationToken cancellationToken)
    {
        var unused = portion.Count - pageCount;
        if (unused <= 0 || portion.Window is null)
        {
            return;
        }

        try
        {
            await counters.GiveBackAsync(portion.TenantId, CounterNames.Pages, portion.Window, unused, cancellationToken);
        }
        catch (Exception failure) when (StorageFailures.IsTransient(failure, cancellationToken))
        {
            // Lost until the day ends: what was fetched must not be fetched again for it.
        }
    }
}
