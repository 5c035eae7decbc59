using Marketline.Activities.Admission;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Platforms.Crawl;

namespace Marketline.Activities.Crawl;

/// <summary>
/// Crawls no more pages than the tenant still has for the day, and no more than the run may: each is taken from both before it is
/// fetched.
/// </summary>
public sealed class CountedCrawler(BatchCrawler crawler, PageQuota quota)
{
    private const int MaxFollowUpPortion = 200;

    public async Task<CountedCrawl> CrawlAsync(
        TenantId tenantId,
        BatchCrawlRequest request,
        BudgetTap budget,
        Func<FetchedPage, CancellationToken, ValueTask> sink,
        CancellationToken cancellationToken
    )
    {
        var pageCount = 0;
        BatchCrawlResult? last = null;
        while (true)
        {
            // Pages may lead to more of them: as many again as there were, so that few portions do and little is taken in vain.
            var wanted = Math.Max(1, Math.Max(request.Frontier.Remaining.Count, Math.Min(pageCount, MaxFollowUpPortion)));
            var grant = await budget.TakeAsync(wanted, cancellationToken);
            if (grant.UsedUpReason is not null)
            {
                return new CountedCrawl(last, pageCount, grant.UsedUpReason);
            }

            var portion = await quota.TakeAsync(tenantId, Math.Min(wanted, grant.PageCount), cancellationToken);
            if (portion.Count == 0)
            {
                await budget.SettleAsync(new BatchUse(0, 0, 0), cancellationToken);
                return new CountedCrawl(last, pageCount, FetchReasons.QuotaPages);
            }

            last = await crawler.CrawlAsync(Bounded(request, grant, portion.Count), sink, cancellationToken);
            pageCount += last.PageCount;
            await quota.SettleAsync(portion, last.PageCount, cancellationToken);
            await budget.SettleAsync(new BatchUse(last.PageCount, last.ByteCount, last.ErrorCount), cancellationToken);
            if (last.End != BatchCrawlEnd.Budget)
            {
                return new CountedCrawl(last, pageCount);
            }

            if (portion.IsCutShort && last.PageCount >= portion.Count)
            {
                return new CountedCrawl(last, pageCount, FetchReasons.QuotaPages);
            }

            request = request with { Frontier = last.Frontier, Throttle = last.Throttle };
        }
    }

    private static BatchCrawlRequest Bounded(BatchCrawlRequest request, BudgetGrant grant, int pageCount) =>
        request with
        {
            MaxPageCount = pageCount,
            MaxByteCount = grant.ByteCount,
            MaxErrorCount = grant.ErrorCount,
            DeadlineUtc = grant.EndsUtc < request.DeadlineUtc ? grant.EndsUtc.Value : request.DeadlineUtc,
        };
}
